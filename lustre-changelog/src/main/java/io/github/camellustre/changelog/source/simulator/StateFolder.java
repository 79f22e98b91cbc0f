// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * What the simulated MDTs would have on their disks: {@code simulator.json} says which file system it is,
 * {@code <MDT>.json} how far its log is and what each user cleared. A file is replaced whole (write new, fsync, rename,
 * fsync the folder), so a crash leaves the old one or the new one. Not for two processes at once.
 */
final class StateFolder {
    private static final String IDENTITY_FILE = "simulator.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** Which stream the folder belongs to. */
    record FileSystem(@JsonProperty("identity") String identity) {}

    /**
     * One MDT's log.
     *
     * @param newest number of the newest record since the log's first one; none above it was ever delivered or cleared
     * @param before how many records were written before the indexes started at 1 anew; 0 if they never did
     * @param marks last index that each user cleared
     */
    record Log(
            @JsonProperty("identity") String identity,
            @JsonProperty("mdt") String mdt,
            @JsonProperty("newest") long newest,
            @JsonProperty("before") long before,
            @JsonProperty("marks") Map<String, Long> marks) {}

    private final Path folder;
    private final String identity;

    private StateFolder(Path folder, String identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /** @throws SourceException the folder belongs to another stream, or cannot be used */
    static StateFolder open(Path folder, String identity) throws SourceException {
        StateFolder state = new StateFolder(folder, identity);
        try {
            Files.createDirectories(folder);
            Optional<FileSystem> there = state.read(IDENTITY_FILE, FileSystem.class);
            if (there.isPresent()) {
                state.check(IDENTITY_FILE, there.get().identity());
            } else {
                state.replace(IDENTITY_FILE, new FileSystem(identity));
            }
        } catch (IOException e) {
            throw SourceException.fatal(
                    "source simulator: the folder " + folder + " cannot be used: " + e
                            + "; make it writable or name another one with the option 'data'",
                    e);
        }
        return state;
    }

    Optional<Log> read(String mdt) throws SourceException {
        String file = mdt + ".json";
        try {
            Optional<Log> log = read(file, Log.class);
            if (log.isPresent()) {
                check(file, log.get().identity());
                if (!log.get().mdt().equals(mdt)
                        || log.get().before() < 0
                        || log.get().newest() < log.get().before()) {
                    throw corrupt(file, "it is not that of " + mdt, null);
                }
                for (Map.Entry<String, Long> mark : log.get().marks().entrySet()) {
                    if (mark.getValue() == null
                            || mark.getValue() < 0
                            || mark.getValue() > log.get().newest() - log.get().before()) {
                        throw corrupt(
                                file, "user " + mark.getKey() + " cannot have cleared up to " + mark.getValue(), null);
                    }
                }
            }
            return log;
        } catch (IOException e) {
            throw SourceException.fatal(
                    mdt + ": cannot read " + folder.resolve(file) + ": " + e + "; make it readable", e);
        }
    }

    /** Returns when it is on the disk. */
    void write(String mdt, long newest, long before, Map<String, Long> marks) throws IOException {
        replace(mdt + ".json", new Log(identity, mdt, newest, before, marks));
    }

    Path path() {
        return folder;
    }

    private void check(String file, String found) throws SourceException {
        if (!identity.equals(found)) {
            throw SourceException.fatal(
                    "source simulator: " + folder.resolve(file)
                            + " belongs to another simulated file system: it holds '"
                            + found + "', asked for was '" + identity
                            + "'; use the options it was made with, name another folder with the option 'data', or remove"
                            + " this one to start over",
                    null);
        }
    }

    private <T> Optional<T> read(String file, Class<T> type) throws IOException, SourceException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(folder.resolve(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(bytes, type));
        } catch (JsonProcessingException e) {
            throw corrupt(file, e.getOriginalMessage(), e);
        }
    }

    private SourceException corrupt(String file, String problem, Throwable cause) {
        return SourceException.fatal(
                "source simulator: " + folder.resolve(file) + " is damaged: " + problem
                        + "; restore it, or remove the folder to start over",
                cause);
    }

    private void replace(String file, Object content) throws IOException {
        Path fresh = folder.resolve(file + ".new");
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(content));
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
