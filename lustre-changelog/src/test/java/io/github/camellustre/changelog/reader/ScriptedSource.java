// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.ack.LedgerRig;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records 1 to {@code newest} on each MDT; reads and clears fail as the test says. */
final class ScriptedSource implements ChangelogSource {
    final List<String> mdts = new CopyOnWriteArrayList<>(List.of("fs-MDT0000"));
    final List<Long> clears = new CopyOnWriteArrayList<>();
    final BlockingQueue<SourceException> readErrors = new LinkedBlockingQueue<>();
    final BlockingQueue<SourceException> clearErrors = new LinkedBlockingQueue<>();
    final CountDownLatch stopped = new CountDownLatch(1);
    volatile long newest = 10;
    volatile boolean finite = true;
    volatile boolean filtered;
    /** An index that never comes. */
    volatile long missing;

    volatile CountDownLatch clearHangs = new CountDownLatch(0);
    /** The same for one MDT. */
    final Map<String, CountDownLatch> clearsOf = new ConcurrentHashMap<>();
    /** MDTs that were told to clear. */
    final Set<String> clearing = ConcurrentHashMap.newKeySet();

    volatile CountDownLatch closeHangs = new CountDownLatch(0);

    @Override
    public List<String> mdts() {
        return mdts;
    }

    @Override
    public boolean isFiltered() {
        return filtered;
    }

    @Override
    public String identity(String mdt) {
        return "scripted";
    }

    @Override
    public OptionalLong mark(String mdt, String user) {
        return OptionalLong.of(0);
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) {
        return new ChangelogStream() {
            private long next = Math.max(1, fromIndex);

            @Override
            public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
                if (next == 4 && !readErrors.isEmpty()) {
                    throw readErrors.remove();
                }
                if (next == missing) {
                    next++;
                }
                if (next > newest) {
                    return RecordBlock.empty(mdt);
                }
                RecordBlock block = LedgerRig.block(RecordType.CREAT, next);
                next++;
                return block;
            }

            @Override
            public boolean await(Duration timeout) throws InterruptedException {
                return stopped.await(Math.min(timeout.toMillis(), 10), TimeUnit.MILLISECONDS);
            }

            @Override
            public boolean finished() {
                return finite && next > newest;
            }

            @Override
            public void close() {
                try {
                    closeHangs.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Override
    public void clear(String mdt, String user, long index) throws SourceException {
        clearing.add(mdt);
        try {
            clearHangs.await();
            clearsOf.getOrDefault(mdt, clearHangs).await();
        } catch (InterruptedException e) {
            throw SourceException.retryable("interrupted", e);
        }
        SourceException error = clearErrors.poll();
        if (error != null) {
            throw error;
        }
        clears.add(index);
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
