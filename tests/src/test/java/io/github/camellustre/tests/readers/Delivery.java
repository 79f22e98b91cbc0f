// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One record that a reader has worked through.
 *
 * @param received when its batch came, and what tells batches apart; ns of the machine's monotonic clock
 * @param done when its batch was worked through, before the CLEAR; 0 where the log does not tell
 * @param subjects FIDs that it is about
 */
record Delivery(String mdt, long index, long received, long done, List<String> subjects) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A line of a reader's log: our own command prints JSON, which tells no times. */
    static Delivery parse(String line) {
        if (line.startsWith("{")) {
            JsonNode record = json(line);
            return new Delivery(record.get("mdt").asText(), record.get("index").asLong(), 0, 0, List.of());
        }
        String[] words = line.split(" ", -1);
        return new Delivery(
                words[0],
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                words.length < 5 || words[4].isEmpty() ? List.of() : List.of(words[4].split(",")));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
