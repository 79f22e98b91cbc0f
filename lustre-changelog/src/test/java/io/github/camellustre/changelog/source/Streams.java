// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reading whole streams in tests. */
public final class Streams {

    private Streams() {}

    /** The next {@code count} records, or all until the stream has none ready. */
    public static List<ChangelogRecord> take(ChangelogStream stream, int count) throws SourceException {
        List<ChangelogRecord> records = new ArrayList<>();
        while (records.size() < count) {
            RecordBlock block = stream.read(count - records.size(), 1 << 20);
            if (block.isEmpty()) {
                return records;
            }
            for (int i = 0; i < block.count(); i++) {
                records.add(block.record(i));
            }
        }
        return records;
    }

    public static byte[] bytes(List<ChangelogRecord> records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ChangelogRecord record : records) {
            all.writeBytes(record.toByteArray());
        }
        return all.toByteArray();
    }

    public static ChangelogSource source(String spec) throws SourceException {
        return SourceSpec.parse(spec).create();
    }
}
