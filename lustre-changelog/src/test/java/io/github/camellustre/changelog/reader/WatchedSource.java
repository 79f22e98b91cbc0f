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
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Another source, of which it remembers what was opened and what was asked to be cleared. */
final class WatchedSource implements ChangelogSource {
    private final ChangelogSource source;
    private final boolean endless;
    final List<Long> clears = new CopyOnWriteArrayList<>();
    final AtomicLong opens = new AtomicLong();
    private final AtomicLong marks = new AtomicLong();
    private volatile boolean marking;

    /** @param endless true if its MDTs never finish, whatever the source says */
    WatchedSource(ChangelogSource source, boolean endless) {
        this.source = source;
        this.endless = endless;
    }

    /** From now on a clear of all there is writes a MARK record, as an MDT does whose mask lacks MARK. */
    void writesMarks() {
        marking = true;
    }

    @Override
    public List<String> mdts() throws SourceException {
        return source.mdts();
    }

    @Override
    public String identity(String mdt) throws SourceException {
        return source.identity(mdt);
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) throws SourceException {
        opens.incrementAndGet();
        ChangelogStream stream = source.open(mdt, fromIndex);
        return new ChangelogStream() {
            private long next = fromIndex;

            @Override
            public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
                RecordBlock block = stream.read(maxRecords, maxBytes);
                long newest = marking ? source.newest(mdt).orElseThrow() : 0;
                if (block.isEmpty() && next <= newest + marks.get() && next > newest) {
                    block = LedgerRig.block(RecordType.MARK, next);
                }
                next = block.isEmpty() ? next : block.index(block.count() - 1) + 1;
                return block;
            }

            @Override
            public boolean await(Duration timeout) throws SourceException, InterruptedException {
                return stream.await(timeout.compareTo(Duration.ofMillis(20)) > 0 ? Duration.ofMillis(20) : timeout);
            }

            @Override
            public boolean finished() {
                return !endless && stream.finished();
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    @Override
    public void clear(String mdt, String user, long index) throws SourceException {
        clears.add(index);
        if (!marking) {
            source.clear(mdt, user, index);
            return;
        }
        long newest = source.newest(mdt).orElseThrow();
        source.clear(mdt, user, Math.min(index, newest));
        if (index == newest + marks.get()) {
            marks.incrementAndGet();
        }
    }

    @Override
    public OptionalLong mark(String mdt, String user) throws SourceException {
        return source.mark(mdt, user);
    }

    @Override
    public OptionalLong newest(String mdt) {
        OptionalLong newest = source.newest(mdt);
        return marking ? OptionalLong.of(newest.orElseThrow() + marks.get()) : newest;
    }

    @Override
    public void close() {
        source.close();
    }
}
