// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory with one growing file per MDT, all of one form. Holds the directory's lock while it is open. Any thread may send. */
final class LineDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(LineDirectory.class);

    private final Path directory;
    private final LineForm form;
    private final LineOptions options;
    private final FileAccess files;
    private final Executor executor;
    private final DirectoryLock lock;
    private final FileNames names;
    private final Compression compression;
    private volatile boolean closed;
    private String problem;
    private final Map<String, AppendQueue> queues = new ConcurrentHashMap<>();

    /** @throws LineFileException if the directory cannot be made, or another writer has it */
    LineDirectory(Path directory, LineForm form, LineOptions options, FileAccess files, Executor executor)
            throws LineFileException {
        this.form = form;
        this.options = options;
        this.files = files;
        this.executor = executor;
        this.names = new FileNames(form, options);
        this.compression = new Compression(files, options.fsync(), () -> closed);
        this.directory = made(directory, files);
        this.lock = new DirectoryLock(this.directory, form);
    }

    private static Path made(Path directory, FileAccess files) throws LineFileException {
        try {
            List<Path> missing = new ArrayList<>();
            for (Path path = directory.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
                missing.add(path);
            }
            Files.createDirectories(directory);
            for (Path made : missing) {
                files.syncDirectory(made.getParent());
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new LineFileException(directory.toAbsolutePath(), "cannot make the directory", e);
        }
    }

    LineOptions options() {
        return options;
    }

    /**
     * Appends the records to the files of their MDTs.
     *
     * @return true if there was nothing to do, and the callback was called
     */
    boolean send(List<ChangelogRecord> records, Exchange exchange, AsyncCallback callback) throws LineFileException {
        if (records.isEmpty()) {
            callback.done(true);
            return true;
        }
        Map<String, List<ChangelogRecord>> parts = byMdt(records);
        List<AppendQueue> targets = new ArrayList<>(parts.size());
        for (String mdt : parts.keySet()) {
            targets.add(queue(mdt));
        }
        Delivery delivery = new Delivery(exchange, callback, parts.size());
        int target = 0;
        for (List<ChangelogRecord> part : parts.values()) {
            targets.get(target++).submit(part, delivery);
        }
        return false;
    }

    private static Map<String, List<ChangelogRecord>> byMdt(List<ChangelogRecord> records) {
        String first = records.get(0).mdt();
        int same = 1;
        while (same < records.size() && records.get(same).mdt().equals(first)) {
            same++;
        }
        if (same == records.size()) {
            return Map.of(first, records);
        }
        ChangelogBatch batch = records instanceof ChangelogBatch already ? already : ChangelogBatch.of(records);
        Map<String, IntStream.Builder> positions = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            positions.computeIfAbsent(batch.mdt(i), mdt -> IntStream.builder()).add(i);
        }
        Map<String, List<ChangelogRecord>> parts = new LinkedHashMap<>();
        positions.forEach(
                (mdt, theirs) -> parts.put(mdt, batch.pick(theirs.build().toArray())));
        return parts;
    }

    private AppendQueue queue(String mdt) throws LineFileException {
        AppendQueue queue = queues.get(mdt);
        if (queue == null) {
            if (mdt.isEmpty() || mdt.startsWith(".") || mdt.indexOf('/') >= 0 || mdt.indexOf(0) >= 0) {
                throw new LineFileException(
                        directory,
                        "'" + mdt + "' is no name of an MDT and would make no safe file name",
                        "Correct the source's MDT names");
            }
            queue = queues.computeIfAbsent(mdt, this::begin);
        }
        return queue;
    }

    private AppendQueue begin(String mdt) {
        Path path = directory.resolve(names.growing(mdt));
        return new AppendQueue(new LineFile(path, form, options, lock, files), form.encoder(), executor);
    }

    /** Completes files whose time is over and compresses complete ones, those of an earlier life too. Called again and again. */
    synchronized void upkeep() {
        try {
            for (Path file : files.list(directory)) {
                Optional<String> mdt = names.mdtOf(file);
                if (mdt.isPresent() && options.maxFileAge() > 0 && !closed) {
                    queue(mdt.get()).completeIfDue();
                }
            }
            for (Path file : files.list(directory)) {
                Optional<Path> visible = options.gzip() ? names.compressedOf(file) : Optional.empty();
                if (visible.isPresent() && !closed) {
                    compression.compress(file, visible.get());
                }
            }
            problem = null;
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(problem)) {
                problem = e.toString();
                LOG.warn("{}: cannot complete or compress files, tries again: {}", directory, problem);
            }
        }
    }

    void close() {
        closed = true;
        synchronized (this) {
            queues.values().forEach(AppendQueue::close);
            lock.close();
        }
    }
}
