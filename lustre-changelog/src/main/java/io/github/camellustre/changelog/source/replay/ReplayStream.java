// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordSize;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.Arrays;

/** One reading of one input. */
final class ReplayStream implements ChangelogStream {
    private final String mdt;
    private final RecordReader reader;
    private byte[] gathered = new byte[1 << 16];
    /** The reader stands at a record that is to be delivered next; else it is at its end. */
    private boolean hasNext;

    private boolean closed;

    ReplayStream(String mdt, RecordReader reader, long fromIndex) throws SourceException {
        this.mdt = mdt;
        this.reader = reader;
        try {
            hasNext = reader.next();
            while (hasNext && RecordSize.index(reader.bytes(), reader.offset()) < fromIndex) {
                hasNext = reader.next();
            }
        } catch (SourceException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public synchronized RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
        if (closed) {
            throw SourceException.retryable(mdt + ": the replay was closed before " + reader.place(), null);
        }
        int size = 0;
        for (int records = 0; hasNext && records < maxRecords; records++) {
            int length = reader.length();
            if (records > 0 && length > maxBytes - size) {
                break;
            }
            if (gathered.length - size < length) {
                gathered = Arrays.copyOf(gathered, Math.max(gathered.length * 2, size + length));
            }
            System.arraycopy(reader.bytes(), reader.offset(), gathered, size, length);
            size += length;
            hasNext = reader.next();
        }
        return size == 0 ? RecordBlock.empty(mdt) : RecordBlock.frame(mdt, Arrays.copyOf(gathered, size));
    }

    /** All there will ever be is there, so at the end only the time or a close can end the wait. */
    @Override
    public synchronized boolean await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!hasNext && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return !closed;
    }

    @Override
    public synchronized boolean finished() {
        return !hasNext;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            reader.close();
            notifyAll();
        }
    }
}
