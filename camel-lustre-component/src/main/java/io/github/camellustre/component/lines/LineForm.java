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
    raw(RecordForm.raw, "bin"),
    /** Dead letters: JSON with the bytes of the record, its text, the reason, the route and the time. */
    dead(DeadLetter::write, "dead.jsonl");

    private final LineEncoder encoder;
    private final String extension;

    LineForm(RecordForm form, String extension) {
        this((records, exchange, out) -> form.write(records, out), extension);
    }

    LineForm(LineEncoder encoder, String extension) {
        this.encoder = encoder;
        this.extension = extension;
    }

    LineEncoder encoder() {
        return encoder;
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
            case json, dead -> new JsonContent();
            case text -> new TextContent();
            case raw -> new RawContent();
        };
    }
}
