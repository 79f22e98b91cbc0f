// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The devices {@code changelog-FSNAME-MDTXXXX} of a folder: a Lustre client has one for each MDT while its file system is
 * mounted.
 */
public record ChangelogDevices(Path folder) {
    private static final Path DEFAULT_FOLDER = Path.of("/dev");

    public static final String DIR = "dir";

    private static final String PREFIX = "changelog-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{1,16}-MDT[0-9a-fA-F]{4}");

    public static ChangelogDevices parse(SourceOptions options) throws SourceException {
        return new ChangelogDevices(options.path(DIR, DEFAULT_FOLDER));
    }

    /** Where the kernel puts them. */
    public static ChangelogDevices ofKernel() {
        return new ChangelogDevices(DEFAULT_FOLDER);
    }

    /** Whether there is any, so whether this machine has mounted a Lustre file system. */
    public boolean exist() {
        try {
            return !find().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Names of the MDTs, sorted.
     *
     * @throws SourceException there is none, or the folder cannot be read
     */
    public List<String> mdts() throws SourceException {
        List<String> found;
        try {
            found = find();
        } catch (IOException e) {
            throw SourceException.fatal(
                    "cannot look for changelog devices in " + folder + " (" + e + "): look at the option dir", e);
        }
        if (found.isEmpty()) {
            throw SourceException.retryable(
                    "there is no " + PREFIX + "FSNAME-MDT0000 in " + folder
                            + ": mount a Lustre file system on this machine (mount -t lustre MGS:/FSNAME DIR)",
                    null);
        }
        return found;
    }

    private List<String> find() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> name.substring(PREFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    public Path device(String mdt) {
        return folder.resolve(PREFIX + mdt);
    }
}
