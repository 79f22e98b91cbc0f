// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of {@code ./camel-lustre}. What lies on disk there wins over what is packed in the jar, so that a change needs
 * no build.
 */
final class Home {
    /** Set by the script. */
    static final String PROPERTY = "camellustre.home";

    static final String SETTINGS = "application.properties";
    private static final String KAMELETS = "kamelets";
    private static final List<Path> SETTINGS_ON_DISK =
            List.of(Path.of("src", "main", "resources", SETTINGS), Path.of(SETTINGS));

    private final Path folder;

    private Home(Path folder) {
        this.folder = folder;
    }

    static Home find() {
        String folder = System.getProperty(PROPERTY);
        return new Home(folder == null || folder.isBlank() ? null : Path.of(folder));
    }

    /** A text with the name under which messages speak of it. */
    record Source(String name, String text) {}

    /** The settings: of the source tree, else beside the script, else those in the jar. */
    Source settings() throws StartException {
        for (Path candidate : SETTINGS_ON_DISK) {
            Path file = folder == null ? null : folder.resolve(candidate);
            if (file != null && Files.isRegularFile(file)) {
                try {
                    return new Source(file.toString(), Files.readString(file));
                } catch (IOException e) {
                    throw StartException.failed("cannot read " + file + " (" + e + "): make it readable, as UTF-8", e);
                }
            }
        }
        try (InputStream packed = Home.class.getResourceAsStream("/" + SETTINGS)) {
            String text = packed == null ? "" : new String(packed.readAllBytes(), StandardCharsets.UTF_8);
            return new Source(SETTINGS + " in the jar", text);
        } catch (IOException e) {
            throw StartException.failed("cannot read " + SETTINGS + " in the jar (" + e + "): build it again", e);
        }
    }

    /** Where the policies are on disk; null if they are not. */
    Path routes() {
        return onDisk("routes");
    }

    /** Where Camel looks for kamelets: on disk, and then in the jar. */
    String kamelets() {
        Path kamelets = onDisk(KAMELETS);
        return (kamelets == null ? "" : "file:" + kamelets + ",") + "classpath:" + KAMELETS;
    }

    private Path onDisk(String name) {
        Path found = folder == null ? null : folder.resolve(name);
        return found != null && Files.isDirectory(found) ? found : null;
    }
}
