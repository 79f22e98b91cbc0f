// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may connect to a CURVE server: the certificates in a folder, read anew each time somebody asks, or everybody. */
interface ClientKeys {
    Logger LOG = LoggerFactory.getLogger(ClientKeys.class);
    String ANYBODY = "*";

    boolean contain(byte[] publicKey);

    static ClientKeys of(String option) {
        if (option.equals(ANYBODY)) {
            return key -> true;
        }
        Path folder = Path.of(option);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("zeromq: curveClientKeys=" + option
                    + " is no folder; make it and put the public certificates of the clients there, or write * to let"
                    + " in every client that knows this server's public key");
        }
        return key -> certificates(folder).stream().anyMatch(file -> holds(file, key));
    }

    private static List<Path> certificates(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{}: client keys cannot be read, nobody is let in", folder, e);
            return List.of();
        }
    }

    private static boolean holds(Path certificate, byte[] key) {
        try {
            return Arrays.equals(CurveSecurity.key(certificate, "curveClientKeys", "public-key"), key);
        } catch (IllegalArgumentException e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }
}
