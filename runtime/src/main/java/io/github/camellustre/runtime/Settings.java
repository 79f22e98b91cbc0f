// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All properties of one start, and where each comes from: the command line wins over the environment
 * ({@code CAMELLUSTRE_DATA} for {@code camellustre.data}), and that over the file.
 */
final class Settings {
    static final String POLICIES = "camellustre.policies";
    static final String DATA = "camellustre.data";
    static final String STATUS_INTERVAL = "camellustre.status.interval";
    static final String MDTS = "lustre.mdts";
    static final String SOURCE = "camel.component.lustre.source";
    static final String USER = "camel.component.lustre.user";
    static final String STATE = "camel.component.lustre.stateDirectory";
    static final String REPOSITORY = "camel.component.lustre.repository";

    private static final String COMPONENT = "camel.component.lustre.";
    private static final String OURS = "camellustre.";
    private static final TreeSet<String> KNOWN = new TreeSet<>(List.of(POLICIES, DATA, STATUS_INTERVAL));

    private final Home.Source file;
    private final Map<String, String> fromFile;
    private final Map<String, String> fromCommandLine = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    private Settings(Home.Source file, Map<String, String> fromFile) {
        this.file = file;
        this.fromFile = fromFile;
    }

    static Settings load(Home home) throws StartException {
        Home.Source file = home.settings();
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(file.text()));
        } catch (IOException | IllegalArgumentException e) {
            throw StartException.failed(file.name() + " is no properties file: " + e.getMessage(), e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return new Settings(file, values);
    }

    /** @param option how the user gave it, for messages */
    void override(String key, String value, String option) {
        fromCommandLine.put(key, value);
        options.put(key, option);
    }

    /** @throws StartException naming a property of ours that does not exist, and where it is */
    void check() throws StartException {
        TreeSet<String> keys = new TreeSet<>(fromFile.keySet());
        keys.addAll(fromCommandLine.keySet());
        for (String key : keys) {
            if (key.startsWith(OURS) && !KNOWN.contains(key)) {
                throw StartException.usage(
                        origin(key) + ": there is no property '" + key + "'; there are " + String.join(", ", KNOWN));
            }
        }
    }

    /** The value; empty where it is not set, or set to nothing. */
    Optional<String> get(String key) {
        String value = fromCommandLine.get(key);
        if (value == null) {
            value = System.getenv(environmentName(key));
        }
        if (value == null) {
            value = fromFile.get(key);
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    String get(String key, String absent) {
        return get(key).orElse(absent);
    }

    private static String environmentName(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Where a property was set: an option, a variable, or file and line. */
    String origin(String key) {
        if (fromCommandLine.containsKey(key)) {
            return options.get(key);
        }
        if (System.getenv(environmentName(key)) != null) {
            return "environment variable " + environmentName(key);
        }
        int line = lineOf(key);
        return line == 0 ? file.name() : file.name() + ":" + line;
    }

    /** 1 for the first; 0 if it is not there. */
    private int lineOf(String key) {
        List<String> lines = file.text().lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i).stripLeading();
            if (line.startsWith(key)
                    && line.substring(key.length()).stripLeading().matches("[=:].*|")) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The key as it was written, for one that Camel spells differently; null if there is none. */
    String keyLike(String other) {
        String wanted = plain(other);
        TreeMap<String, String> all = new TreeMap<>(fromFile);
        all.putAll(fromCommandLine);
        return all.keySet().stream()
                .filter(key -> plain(key).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Where an option of the component that a message speaks of was set; empty if none of them was. */
    Optional<String> originOfOptionIn(String message) {
        TreeMap<String, String> all = new TreeMap<>(fromFile);
        all.putAll(fromCommandLine);
        return all.keySet().stream()
                .filter(key -> key.startsWith(COMPONENT))
                .filter(key -> List.of(message.split("[^A-Za-z]+")).contains(key.substring(COMPONENT.length())))
                .map(this::origin)
                .findFirst();
    }

    private static String plain(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** For Camel: the file's properties, under its own rules of precedence. */
    Properties file() {
        Properties properties = new Properties();
        properties.putAll(fromFile);
        return properties;
    }

    /** For Camel: what wins over everything else. */
    Properties commandLine() {
        Properties properties = new Properties();
        properties.putAll(fromCommandLine);
        return properties;
    }
}
