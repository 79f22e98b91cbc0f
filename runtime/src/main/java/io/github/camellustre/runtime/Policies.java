// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The policies that there are: {@code routes/NAME.camel.yaml}, each with the place that Camel loads it from. */
final class Policies {
    private static final String SUFFIX = ".camel.yaml";
    private static final String FOLDER = "routes";

    private final Map<String, String> places = new TreeMap<>();
    private final String where;

    private Policies(String where) {
        this.where = where;
    }

    /** Those in the jar, and over them those on disk. */
    static Policies find(Home home) throws StartException {
        Path disk = home.routes();
        Policies policies = new Policies(disk == null ? "the jar" : disk.toString());
        try {
            policies.addPacked();
            if (disk != null) {
                for (Path file : files(disk)) {
                    policies.places.put(name(file), "file:" + file);
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw StartException.failed("cannot list the policies in " + policies.where + " (" + e + ")", e);
        }
        return policies;
    }

    private void addPacked() throws IOException, URISyntaxException {
        URL packed = Policies.class.getClassLoader().getResource(FOLDER);
        if (packed == null) {
            return;
        }
        if (packed.getProtocol().equals("file")) {
            add(files(Path.of(packed.toURI())));
            return;
        }
        String jar = packed.toString().substring(0, packed.toString().indexOf('!'));
        try (FileSystem content = FileSystems.newFileSystem(URI.create(jar), Map.of())) {
            add(files(content.getPath("/" + FOLDER)));
        }
    }

    private void add(List<Path> files) {
        files.forEach(file -> places.put(name(file), "classpath:" + FOLDER + "/" + file.getFileName()));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /**
     * The places of some policies.
     *
     * @param names joined with commas
     * @param origin where they were named
     */
    List<String> places(String names, String origin) throws StartException {
        List<String> found = new ArrayList<>();
        LinkedHashSet<String> asked = new LinkedHashSet<>();
        Stream.of(names.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(asked::add);
        for (String name : asked) {
            String place = places.get(name);
            if (place == null) {
                throw StartException.usage(origin + ": there is no policy '" + name + "'; there are "
                        + String.join(", ", places.keySet()) + ". A policy is a file NAME" + SUFFIX + " in " + where);
            }
            found.add(place);
        }
        if (found.isEmpty()) {
            throw StartException.usage(
                    origin + ": no policy is named; there are " + String.join(", ", places.keySet()));
        }
        return found;
    }
}
