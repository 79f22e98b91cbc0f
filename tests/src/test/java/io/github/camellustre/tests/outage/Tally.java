// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Which records are somewhere, and how many of them came more than once. One thread. */
final class Tally {
    private static final String ID = "{\"id\":\"";

    private final Map<String, BitSet> indexes = new HashMap<>();
    private long repeats;

    /** @param id as {@code fs-MDT0000/12345} */
    void add(String id) {
        int slash = id.indexOf('/');
        BitSet those = indexes.computeIfAbsent(id.substring(0, slash), mdt -> new BitSet());
        int index = Integer.parseInt(id.substring(slash + 1));
        if (those.get(index)) {
            repeats++;
        }
        those.set(index);
    }

    void repeated(long times) {
        repeats += times;
    }

    /** The record at the end of each line that is whole: one before it may have been torn by a kill. */
    void addLines(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int start = line.lastIndexOf(ID);
                if (start >= 0 && line.endsWith("}")) {
                    add(line.substring(start + ID.length(), line.indexOf('"', start + ID.length())));
                }
            }
        }
    }

    long repeats() {
        return repeats;
    }

    long distinct() {
        return indexes.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** How many of the records 1 to LAST of an MDT are neither here nor there. */
    long missing(String mdt, long last, Tally there) {
        BitSet absent = new BitSet();
        absent.set(1, (int) last + 1);
        absent.andNot(indexes.getOrDefault(mdt, new BitSet()));
        absent.andNot(there.indexes.getOrDefault(mdt, new BitSet()));
        return absent.cardinality();
    }
}
