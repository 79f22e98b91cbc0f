// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endless changelog of one MDT whose records a test writes, and which remembers what was cleared. */
final class ScriptedSource implements ChangelogSource {
    static final String MDT = "fs-MDT0000";
    /** So many files take turns: record i is about file i % FILES. */
    static final int FILES = 4;

    final List<Long> clears = new CopyOnWriteArrayList<>();
    private final List<byte[]> records = new ArrayList<>();

    /** Writes records: every third one UNLNK, the others CREAT. */
    synchronized ScriptedSource write(int count) {
        for (int i = 0; i < count; i++) {
            long index = records.size() + 1L;
            RecordType type = index % 3 == 0 ? RecordType.UNLNK : RecordType.CREAT;
            write(type, index);
        }
        return this;
    }

    /** Writes a record of that type about file {@code file % FILES}. */
    synchronized ScriptedSource write(RecordType type, long file) {
        long index = records.size() + 1L;
        records.add(new RecordBuilder(type)
                .index(index)
                .time(1_700_000_000L + index, 0)
                .target(fid(file))
                .parent(new Fid(0x200000007L, 1, 0))
                .name("file" + file % FILES)
                .build(MDT)
                .toByteArray());
        notifyAll();
        return this;
    }

    static Fid fid(long index) {
        return new Fid(0x200000401L, (int) (index % FILES) + 1, 0);
    }

    synchronized long end() {
        return records.size();
    }

    @Override
    public List<String> mdts() {
        return List.of(MDT);
    }

    @Override
    public String identity(String mdt) {
        return "scripted";
    }

    @Override
    public void clear(String mdt, String user, long index) {
        clears.add(index);
    }

    @Override
    public OptionalLong mark(String mdt, String user) {
        return OptionalLong.of(0);
    }

    @Override
    public OptionalLong newest(String mdt) {
        return OptionalLong.of(end());
    }

    @Override
    public void close() {
        // keeps its records: a test looks at them later
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) {
        return new Stream((int) Math.max(0, fromIndex - 1));
    }

    private RecordBlock block(int from, int most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        synchronized (this) {
            for (int i = from; i < Math.min(records.size(), from + most); i++) {
                bytes.writeBytes(records.get(i));
            }
        }
        return RecordBlock.frame(MDT, bytes.toByteArray());
    }

    private synchronized boolean awaitBeyond(int position, Duration timeout) throws InterruptedException {
        // Briefly, so that a test's end does not wait for the reader.
        long deadline = System.nanoTime() + Math.min(timeout.toNanos(), 10_000_000);
        while (records.size() <= position && System.nanoTime() < deadline) {
            wait(2);
        }
        return records.size() > position;
    }

    private final class Stream implements ChangelogStream {
        private int position;

        Stream(int position) {
            this.position = position;
        }

        @Override
        public RecordBlock read(int maxRecords, int maxBytes) {
            RecordBlock block = block(position, maxRecords);
            position += block.count();
            return block;
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return awaitBeyond(position, timeout);
        }

        @Override
        public boolean finished() {
            return false;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
