// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads one simulated MDT. Holds the records of one block; a read gives what is there of that block, as a read(2) of the
 * device gives what the kernel has at hand.
 */
final class SimulatedStream implements ChangelogStream {
    private final SimulatedMdt mdt;
    private final BlockGenerator generator;
    private LogBlock log;
    private long block = -1;
    private long next;
    private volatile boolean closed;

    SimulatedStream(SimulatedMdt mdt, BlockGenerator generator, long fromIndex) {
        this.mdt = mdt;
        this.generator = generator;
        this.next = fromIndex;
    }

    @Override
    public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
        if (closed || mdt.isClosed()) {
            throw SourceException.retryable(
                    mdt.name() + ": the stream was closed before index " + next + " was read", null);
        }
        long newest = mdt.newestReadable();
        if (next > newest || maxRecords <= 0) {
            return RecordBlock.empty(mdt.name());
        }
        long wanted = (next - 1) / BlockPlan.SLOTS;
        if (wanted != block) {
            log = generator.generate(wanted);
            block = wanted;
        }
        long blockEnd = Math.min(newest, (block + 1) * BlockPlan.SLOTS);
        int from = (int) ((next - 1) % BlockPlan.SLOTS);
        int limit = from + (int) Math.min(maxRecords, blockEnd - next + 1);
        int to = from + 1;
        while (to < limit && log.start(to + 1) - log.start(from) <= maxBytes) {
            to++;
        }
        byte[] bytes = Arrays.copyOfRange(log.bytes(), log.start(from), log.start(to));
        mdt.delivering(next + to - from - 1);
        next += to - from;
        return RecordBlock.frame(mdt.name(), bytes);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return mdt.awaitRecord(next, timeout, this);
    }

    @Override
    public boolean finished() {
        return next > mdt.records();
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
