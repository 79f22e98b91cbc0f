// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ack.AckRepositoryException;
import io.github.camellustre.changelog.ack.FileAckRepository;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerState;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one daemon: {@code state} holds positions, {@code simulator} what the simulated MDTs remember, the outputs
 * what the shipped policies write. It belongs to one source.
 */
final class DataFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final String STATE_FILE = ".json";
    private static final List<String> OUTPUTS = List.of("out", "dead", "archive", "replicate");
    /** What a user does about a source that does not fit this folder. */
    static final String REMEDY = "Use another folder with --data DIR, or start over with --fresh";

    private final Path folder;
    private final Path state;

    /** @param state folder of the positions */
    DataFolder(Path folder, Path state) {
        this.folder = folder;
        this.state = state;
    }

    Path simulator() {
        return folder.resolve("simulator");
    }

    /**
     * Forgets positions and simulated MDTs, and moves outputs to {@code before-N}: nobody could make them again, and what
     * comes next must not be mixed with them.
     *
     * @return where the outputs are now, if there were any
     */
    Optional<Path> startOver() throws StartException {
        try {
            FileAckRepository locked = new FileAckRepository(state);
            try {
                Optional<Path> moved = moveOutputs();
                remove(stateFiles(simulator()));
                remove(stateFiles(state));
                return moved;
            } finally {
                locked.close();
            }
        } catch (AckRepositoryException e) {
            throw StartException.failed("--fresh: " + e.getMessage(), e);
        } catch (IOException e) {
            throw StartException.failed("--fresh: cannot start over in " + folder + " (" + e + ")", e);
        }
    }

    private Optional<Path> moveOutputs() throws IOException {
        List<Path> outputs = new ArrayList<>();
        for (String name : OUTPUTS) {
            if (Files.isDirectory(folder.resolve(name))) {
                outputs.add(folder.resolve(name));
            }
        }
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        int number = 1;
        while (Files.exists(folder.resolve("before-" + number))) {
            number++;
        }
        Path before = Files.createDirectory(folder.resolve("before-" + number));
        for (Path output : outputs) {
            Files.move(output, before.resolve(output.getFileName()));
        }
        return Optional.of(before);
    }

    private static void remove(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static List<Path> stateFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(STATE_FILE))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * Looks whether the positions in it belong to this source, before anything starts.
     *
     * @throws StartException they do not, cannot be read, or another daemon has the folder
     */
    void mustBelongTo(ChangelogSource source) throws StartException {
        if (!Files.isDirectory(state)) {
            return;
        }
        try (FileAckRepository positions = new FileAckRepository(state)) {
            List<String> offered = source.mdts();
            for (Path file : stateFiles(state)) {
                LedgerState stored = positions.load(key(file)).orElseThrow();
                String mdt = stored.key().mdt();
                if (!offered.contains(mdt) && isKnownTo(source, stored)) {
                    LOG.warn("{} is not there now: it is read, and cleared, from the moment that it is mounted", mdt);
                } else if (!offered.contains(mdt)) {
                    throw StartException.failed(
                            "the positions in " + state + " are those of " + mdt + " of '" + stored.identity()
                                    + "', which this source does not have: it offers " + offered + ". " + REMEDY,
                            null);
                } else if (!stored.identity().equals(source.identity(mdt))) {
                    throw StartException.failed(
                            mdt + ": the positions in " + state + " are those of '" + stored.identity()
                                    + "', the source is now '" + source.identity(mdt) + "'. " + REMEDY,
                            null);
                }
            }
        } catch (AckRepositoryException | SourceException e) {
            throw StartException.failed(e.getMessage(), e);
        } catch (IOException e) {
            throw StartException.failed("cannot read the positions in " + state + " (" + e + ")", e);
        }
    }

    /** An MDT that is not mounted yet is no reason to leave the others unread. */
    private static boolean isKnownTo(ChangelogSource source, LedgerState stored) {
        try {
            return stored.identity().equals(source.identity(stored.key().mdt()));
        } catch (SourceException e) {
            return false;
        }
    }

    /** The inverse of how {@link FileAckRepository} names its files. */
    private static LedgerKey key(Path file) {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.length() - STATE_FILE.length());
        int dot = stem.indexOf('.');
        return dot < 0 ? new LedgerKey(stem, "") : new LedgerKey(stem.substring(0, dot), stem.substring(dot + 1));
    }
}
