// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one simulated MDT. Holds the records of one block; a read gives what is there of that block, as a read(2) of the
 * device gives what the kernel has at hand.
 */
final class SimulatedStream implements ChangelogStream {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INDEX = 8;

    private final SimulatedMdt mdt;
    private final MdtFaults faults;
    private final BlockGenerator generator;
    /** Late records that were passed, by the number of the record that they come after. */
    private final TreeMap<Long, Long> late = new TreeMap<>();

    private LogBlock log;
    private long block = -1;
    /** Index of the record that comes next. */
    private long next;

    private boolean ended;
    private volatile boolean closed;

    SimulatedStream(SimulatedMdt mdt, BlockGenerator generator, long fromIndex) {
        this.mdt = mdt;
        this.faults = mdt.faults();
        this.generator = generator;
        this.next = fromIndex;
    }

    @Override
    public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
        if (closed) {
            throw SourceException.retryable(
                    mdt.name() + ": the stream was closed before index " + next + " was read", null);
        }
        mdt.mustAnswer("cannot read index " + next);
        long before = mdt.before();
        meetFaults(faults.written(before + next));
        long record = faults.written(before + next);
        if (ended) {
            throw SourceException.retryable(
                    mdt.name() + ": end of stream before index " + next + ": this handle gives nothing more, open anew",
                    null);
        }
        if (maxRecords <= 0) {
            return RecordBlock.empty(mdt.name());
        }
        Map.Entry<Long, Long> due = late.firstEntry();
        if (due != null && (due.getKey() < record || record > mdt.records())) {
            late.remove(due.getKey());
            return cut(due.getValue(), due.getValue(), maxBytes, before);
        }
        if (!mdt.isReadable(record)) {
            return RecordBlock.empty(mdt.name());
        }
        next = record - before;
        long after = faults.comesAfter(record);
        if (after > 0) {
            late.put(after, record);
            next++;
            return read(maxRecords, maxBytes);
        }
        long last = Math.min(Math.min(mdt.newestReadable(), faults.boundaryAfter(record) - 1), record + maxRecords - 1);
        RecordBlock cut = cut(record, last, maxBytes, before);
        next += cut.count();
        return cut;
    }

    private void meetFaults(long record) throws SourceException {
        Fault failed = faults.reading(Fault.Kind.READ, record);
        if (failed != null) {
            throw Errno.valueOf(failed.detail()).exception(mdt.name(), "cannot read index " + next);
        }
        if (faults.reading(Fault.Kind.GONE, record) != null) {
            throw Errno.ENODEV.exception(mdt.name(), "cannot read index " + next);
        }
        if (faults.reading(Fault.Kind.END, record) != null) {
            ended = true;
        }
        Fault repeat = faults.reading(Fault.Kind.REPEAT, record - 1);
        if (repeat != null) {
            next = Math.max(1, next - repeat.count());
        }
    }

    /** The records from the first number on that lie in one block of the log, up to the last number. */
    private RecordBlock cut(long first, long last, int maxBytes, long before) throws SourceException {
        long wanted = (first - 1) / BlockPlan.SLOTS;
        if (wanted != block) {
            log = generator.generate(wanted);
            block = wanted;
        }
        int from = (int) ((first - 1) % BlockPlan.SLOTS);
        int limit = from + (int) (Math.min(last, (block + 1) * BlockPlan.SLOTS) - first + 1);
        int to = from + 1;
        while (to < limit && log.start(to + 1) - log.start(from) <= maxBytes) {
            to++;
        }
        byte[] bytes = Arrays.copyOfRange(log.bytes(), log.start(from), log.start(to));
        for (int slot = from; before > 0 && slot < to; slot++) {
            LONG.set(bytes, log.start(slot) - log.start(from) + INDEX, first + slot - from - before);
        }
        mdt.delivering(first + to - from - 1);
        return RecordBlock.frame(mdt.name(), bytes);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return mdt.awaitRecord(mdt.before() + next, timeout, this);
    }

    @Override
    public boolean finished() {
        return late.isEmpty() && faults.written(mdt.before() + next) > mdt.records();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        mdt.wake();
    }
}
