// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A disk of its own for the folder of policy archive. */
final class ArchiveSink implements Sink {
    private static final int DISK = 256;

    private final Path folder;
    private SmallDisk disk;

    ArchiveSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public String policy() {
        return "archive";
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.of(Outage.KILLED, Outage.FROZEN, Outage.FULL, Outage.SLOW);
    }

    @Override
    public void start(Outage outage) throws IOException {
        disk = SmallDisk.mountExt4(path(), DISK);
    }

    private Path path() {
        return folder.resolve("disk");
    }

    @Override
    public List<String> settings(Outage outage) {
        return List.of("archive.directory=" + path().resolve("archive"), "archive.maxFileSize=16M");
    }

    @Override
    public void kill() throws IOException {
        disk.fail();
    }

    @Override
    public void restart() throws IOException {
        disk.repair();
    }

    @Override
    public void freeze() throws IOException {
        disk.freeze();
    }

    @Override
    public void thaw() throws IOException {
        disk.thaw();
    }

    @Override
    public void begin(Outage outage) throws IOException {
        disk.fill(0);
    }

    @Override
    public void end(Outage outage) throws IOException {
        disk.free();
    }

    @Override
    public Tally stored() throws IOException {
        return stored(path().resolve("archive"));
    }

    /** Complete files, those that still grow, and those that wait to be compressed. */
    static Tally stored(Path archive) throws IOException {
        Tally stored = new Tally();
        try (Stream<Path> files = Files.list(archive)) {
            for (Path file : files.filter(
                            each -> each.getFileName().toString().matches("\\..*\\.jsonl|[^.].*\\.jsonl\\.gz"))
                    .toList()) {
                stored.addLines(file);
            }
        }
        return stored;
    }

    @Override
    public void close() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }
}
