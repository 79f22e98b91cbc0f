// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A source that plays a capture of a real server from memory again and again, with indexes that go on. */
final class CaptureLoop implements ChangelogSource {
    static final String MDT = "big-MDT0000";
    private static final int INDEX_OFFSET = 8;
    private static final int TIME_OFFSET = 24;
    private static final int TARGET_OFFSET = 32;
    /** Of one FID sequence. */
    private static final int OBJECTS = 131_072;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int[] offsets;
    private final long records;
    private final Pace pace;
    private boolean distinct;
    private final AtomicLong cleared = new AtomicLong();
    private final Histogram lateness = new ConcurrentHistogram(3);

    /** @param records how many it gives before it is finished */
    CaptureLoop(Path capture, long records) {
        this(capture, records, Pace.ENDLESS, RecordFormat.RAW);
    }

    /**
     * @param pace when each record is there; its time is then that of the record
     * @param format which of the capture's fields the records have
     */
    CaptureLoop(Path capture, long records, Pace pace, RecordFormat format) {
        RecordBlock block;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(capture))) {
            block = format.encode(RecordBlock.frame(MDT, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes = new byte[block.length()];
        ChangelogBatch.of(block, 0, block.count()).writeTo(0, block.count(), bytes, 0);
        offsets = new int[block.count() + 1];
        for (int i = 0; i < block.count(); i++) {
            offsets[i + 1] = offsets[i] + block.length(i, i + 1);
        }
        this.records = records;
        this.pace = pace;
    }

    /** Each record is about a file of its own. */
    CaptureLoop ofDistinctFiles() {
        distinct = true;
        return this;
    }

    double bytesPerRecord() {
        return (double) bytes.length / (offsets.length - 1);
    }

    long cleared() {
        return cleared.get();
    }

    /** How late each record was read, in nanoseconds: what is not the daemon's of the latency that a reader sees. */
    Histogram lateness() {
        return lateness;
    }

    @Override
    public List<String> mdts() {
        return List.of(MDT);
    }

    @Override
    public String identity(String mdt) {
        return "bench";
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) {
        return new Loop(Math.max(1, fromIndex));
    }

    @Override
    public void clear(String mdt, String user, long index) {
        cleared.set(index);
    }

    @Override
    public OptionalLong mark(String mdt, String user) {
        return OptionalLong.of(cleared.get());
    }

    @Override
    public void close() {
        // nothing is open
    }

    private final class Loop implements ChangelogStream {
        private long next;

        Loop(long next) {
            this.next = next;
        }

        @Override
        public RecordBlock read(int maxRecords, int maxBytes) {
            int from = (int) ((next - 1) % (offsets.length - 1));
            long there = Math.min(records, pace.there());
            int most = (int) Math.min(Math.min(maxRecords, there - next + 1), offsets.length - 1L - from);
            int count = 0;
            while (count < most && offsets[from + count + 1] - offsets[from] <= maxBytes) {
                count++;
            }
            if (count == 0) {
                return RecordBlock.empty(MDT);
            }
            byte[] copy = Arrays.copyOfRange(bytes, offsets[from], offsets[from + count]);
            for (int i = 0; i < count; i++) {
                int at = offsets[from + i] - offsets[from];
                LONG.set(copy, at + INDEX_OFFSET, next);
                pace.stamp(copy, at + TIME_OFFSET, next);
                long late = pace.lateness(next);
                if (late >= 0) {
                    lateness.recordValue(late);
                }
                if (pace.ends(next)) {
                    lateness.reset();
                }
                if (distinct) {
                    LONG.set(copy, at + TARGET_OFFSET, 0x240000400L + next / OBJECTS);
                    LONG.set(copy, at + TARGET_OFFSET + 8, 1 + next % OBJECTS);
                }
                next++;
            }
            return RecordBlock.frame(MDT, copy);
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            // not Thread.sleep, which knows milliseconds only
            LockSupport.parkNanos(Math.min(timeout.toNanos(), pace.untilThere(next)));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return pace.there() >= next;
        }

        @Override
        public boolean finished() {
            return next > records;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
