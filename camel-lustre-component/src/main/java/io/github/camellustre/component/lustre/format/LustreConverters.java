// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Converter;

/**
 * What a record or batch becomes where a route asks for a plain type: as String the text of {@code lfs changelog}, for
 * people and logs; as bytes or stream the raw bytes, which lose nothing. JSON is asked for with the data format.
 */
@Converter(generateLoader = true)
public final class LustreConverters {
    private LustreConverters() {}

    /** One record, without a newline behind it. Bad bytes of names become U+FFFD. */
    @Converter
    public static String toString(ChangelogRecord record) throws IOException {
        String line = text(List.of(record));
        return line.substring(0, line.length() - 1);
    }

    /** Each record with a newline behind it. Bad bytes of names become U+FFFD. */
    @Converter
    public static String toString(ChangelogBatch batch) throws IOException {
        return text(batch);
    }

    @Converter
    public static byte[] toByteArray(ChangelogRecord record) {
        return record.toByteArray();
    }

    @Converter
    public static byte[] toByteArray(ChangelogBatch batch) {
        byte[] bytes = new byte[batch.rawLength(0, batch.size())];
        batch.writeTo(0, batch.size(), bytes, 0);
        return bytes;
    }

    @Converter
    public static InputStream toInputStream(ChangelogRecord record) {
        return new ByteArrayInputStream(record.toByteArray());
    }

    @Converter
    public static InputStream toInputStream(ChangelogBatch batch) {
        return new ByteArrayInputStream(toByteArray(batch));
    }

    private static String text(List<ChangelogRecord> records) throws IOException {
        RecordBuffer bytes = new RecordBuffer();
        RecordForm.text.write(records, bytes);
        return new String(bytes.array(), 0, bytes.size(), StandardCharsets.UTF_8);
    }
}
