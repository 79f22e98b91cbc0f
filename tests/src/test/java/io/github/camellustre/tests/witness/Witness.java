// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.witness;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the daemon and the MDTs and writes down what the daemon read and what it asked to clear. */
final class Witness implements ChangelogSource {
    /** An MDT is not there yet as long as the journal's folder has a file of its name with this. */
    private static final String HIDDEN = ".hidden";

    private final ChangelogSource source;
    private final Path folder;
    private final Map<String, ClearJournal> journals = new ConcurrentHashMap<>();

    Witness(ChangelogSource source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    private ClearJournal journal(String mdt) {
        return journals.computeIfAbsent(mdt, name -> ClearJournal.append(folder, name));
    }

    @Override
    public List<String> mdts() throws SourceException {
        return source.mdts().stream()
                .filter(mdt -> !Files.exists(folder.resolve(mdt + HIDDEN)))
                .toList();
    }

    @Override
    public String identity(String mdt) throws SourceException {
        return source.identity(mdt);
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) throws SourceException {
        return new WitnessedStream(source.open(mdt, fromIndex), journal(mdt));
    }

    @Override
    public void clear(String mdt, String user, long index) throws SourceException {
        ClearJournal journal = journal(mdt);
        journal.asked(index);
        try {
            source.clear(mdt, user, index);
        } catch (SourceException | RuntimeException e) {
            journal.refused(index, e.toString());
            throw e;
        }
        journal.done(index);
    }

    @Override
    public OptionalLong mark(String mdt, String user) throws SourceException {
        return source.mark(mdt, user);
    }

    @Override
    public OptionalLong newest(String mdt) {
        return source.newest(mdt);
    }

    @Override
    public void close() {
        source.close();
    }

    private record WitnessedStream(ChangelogStream stream, ClearJournal journal) implements ChangelogStream {
        @Override
        public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
            RecordBlock block = stream.read(maxRecords, maxBytes);
            if (!block.isEmpty()) {
                journal.read(block.index(block.count() - 1));
            }
            return block;
        }

        @Override
        public boolean await(Duration timeout) throws SourceException, InterruptedException {
            return stream.await(timeout);
        }

        @Override
        public boolean finished() {
            return stream.finished();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
