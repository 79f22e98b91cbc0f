// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the shipped policies and kamelets name is in the shipped libraries, not only in the class path of tests. */
class RuntimeLibrariesIT {
    private static final Path HOME = Path.of("..");
    private static final Pattern ENDPOINT =
            Pattern.compile("(?:uri|to|toD|wireTap): *\"?([a-z][a-z0-9-]*):", Pattern.MULTILINE);

    @Test
    void haveTheComponentOfEachEndpoint() throws IOException {
        Set<String> schemes = new TreeSet<>();
        for (String folder : List.of("routes", "kamelets")) {
            if (Files.isDirectory(HOME.resolve(folder))) {
                collect(HOME.resolve(folder), schemes);
            }
        }
        assertThat(schemes).contains("lustre", "lustre-lines", "direct", "zeromq", "lcap");
        try (URLClassLoader shipped = shipped()) {
            assertThat(schemes)
                    .allSatisfy(scheme -> assertThat(
                                    shipped.getResource("META-INF/services/org/apache/camel/component/" + scheme))
                            .as(scheme)
                            .isNotNull());
            assertThat(shipped.getResource("META-INF/services/org/apache/camel/language/bean"))
                    .as("${body.method} and ${header.name.method}")
                    .isNotNull();
        }
    }

    private static void collect(Path folder, Set<String> schemes) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher endpoint = ENDPOINT.matcher(Files.readString(file));
                while (endpoint.find()) {
                    schemes.add(endpoint.group(1));
                }
            }
        }
    }

    private static URLClassLoader shipped() throws IOException {
        List<URL> jars = new ArrayList<>();
        Path target = HOME.resolve("runtime").resolve("target");
        jars.add(target.resolve("camel-lustre.jar").toUri().toURL());
        try (Stream<Path> files = Files.list(target.resolve("lib"))) {
            for (Path file : files.toList()) {
                jars.add(file.toUri().toURL());
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
