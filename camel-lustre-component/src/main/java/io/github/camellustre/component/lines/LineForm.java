// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.component.lustre.format.RecordForm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What the sink's files hold, and how to find in an existing one where the whole records end. */
public enum LineForm {
    /** JSON, one object a line. */
    json(RecordForm.lines, "jsonl"),
    /** As {@code lfs changelog} prints it. */
    text(RecordForm.text, "txt"),
    /** The bytes of the records as the MDT sent them. */
    raw(RecordForm.raw, "bin");

    private final RecordForm records;
    private final String extension;

    LineForm(RecordForm records, String extension) {
        this.records = records;
        this.extension = extension;
    }

    RecordForm records() {
        return records;
    }

    String extension() {
        return extension;
    }

    /** Length of the part that is whole records. */
    long wholeRecords(Path path, FileChannel channel) throws IOException {
        return content().wholeRecords(path, channel);
    }

    /** Index of the first record, for a file that has one. */
    long firstIndex(Path path, FileChannel channel) throws IOException {
        return content().firstIndex(path, channel);
    }

    private FileContent content() {
        return switch (this) {
            case json -> new JsonContent();
            case text -> new TextContent();
            case raw -> new RawContent();
        };
    }
}
