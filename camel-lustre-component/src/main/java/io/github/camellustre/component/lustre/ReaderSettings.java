// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.reader.ReaderOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options that belong to the reading of a source and not to one consumer: all endpoints of a source share one reading,
 * so they must agree on them.
 */
record ReaderSettings(Map<String, String> options, ChangelogUsers users, LedgerOptions ledger, ReaderOptions reader) {

    static ReaderSettings of(LustreConfiguration from) {
        Map<String, String> options = new TreeMap<>();
        options.put("user", String.valueOf(from.getUser()));
        options.put("extraFlags", from.getExtraFlags());
        options.put("reorderRecords", String.valueOf(from.getReorderRecords()));
        options.put("reorderTime", String.valueOf(from.getReorderTime()));
        options.put("onGap", from.getOnGap());
        options.put("absentConsumer", from.getAbsentConsumer());
        options.put("clearInterval", String.valueOf(from.getClearInterval()));
        options.put("clearBatch", String.valueOf(from.getClearBatch()));
        options.put("heartbeatInterval", String.valueOf(from.getHeartbeatInterval()));
        options.put("reconnectBackoff", String.valueOf(from.getReconnectBackoff()));
        options.put("maxReconnectBackoff", String.valueOf(from.getMaxReconnectBackoff()));
        options.put("discoveryInterval", String.valueOf(from.getDiscoveryInterval()));
        options.put("repository", from.getRepository());
        options.put("stateDirectory", from.getStateDirectory());
        LedgerOptions ledger = new LedgerOptions(
                from.getReorderRecords(),
                Duration.ofMillis(from.getReorderTime()),
                choice("onGap", from.getOnGap(), "continue", "stop"),
                choice("absentConsumer", from.getAbsentConsumer(), "hold", "drop"),
                Duration.ofMillis(from.getClearInterval()),
                from.getClearBatch(),
                Duration.ofMillis(from.getHeartbeatInterval()));
        ReaderOptions defaults = ReaderOptions.DEFAULT;
        ReaderOptions reader = new ReaderOptions(
                defaults.readRecords(),
                defaults.readBytes(),
                RecordFormat.withExtraFields(from.getExtraFlags()),
                Duration.ofMillis(from.getReconnectBackoff()),
                Duration.ofMillis(from.getMaxReconnectBackoff()),
                defaults.logCheck(),
                Duration.ofMillis(from.getDiscoveryInterval()),
                defaults.stopTimeout());
        return new ReaderSettings(Map.copyOf(options), ChangelogUsers.parse(from.getUser()), ledger, reader);
    }

    boolean isMemory() {
        return choice("repository", options.get("repository"), "file", "memory");
    }

    String stateDirectory() {
        return options.get("stateDirectory");
    }

    /** True for the second of two words. */
    private static boolean choice(String option, String value, String first, String second) {
        if (value.equals(first)) {
            return false;
        }
        if (value.equals(second)) {
            return true;
        }
        throw new IllegalArgumentException(option + "=" + value + ": use " + first + " or " + second);
    }

    /** @throws IllegalArgumentException naming each option on which two endpoints of a source differ */
    void mustAgreeWith(ReaderSettings other, String source) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(options).forEach((option, value) -> {
            if (!value.equals(other.options.get(option))) {
                differences.add(option + " (" + value + " and " + other.options.get(option) + ")");
            }
        });
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("endpoints of the source '" + source
                    + "' share one reading of it, but differ in " + String.join(", ", differences)
                    + ": set these once, with camel.component.lustre.configuration.OPTION");
        }
    }
}
