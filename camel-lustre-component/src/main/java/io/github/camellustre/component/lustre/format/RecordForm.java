// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.text.LfsText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The forms in which records leave for the outside. */
public enum RecordForm {
    /** JSON, one object a line. */
    lines("application/x-ndjson") {
        @Override
        public void write(List<ChangelogRecord> records, OutputStream out) throws IOException {
            RecordJson.writeLines(records, out);
        }
    },
    /** One JSON array of objects. */
    array("application/json") {
        @Override
        public void write(List<ChangelogRecord> records, OutputStream out) throws IOException {
            RecordJson.writeArray(records, out);
        }
    },
    /** As {@code lfs changelog} prints it, bytes of names as they are. */
    text("text/plain") {
        @Override
        public void write(List<ChangelogRecord> records, OutputStream out) throws IOException {
            LfsText lines = TEXTS.get();
            lines.clear();
            for (int i = 0; i < records.size(); i++) {
                lines.append(records.get(i));
                if (lines.length() >= STEP) {
                    lines.writeTo(out);
                    lines.clear();
                }
            }
            lines.writeTo(out);
        }
    },
    /** The bytes of the records back to back, as an MDT sends them. */
    raw("application/octet-stream") {
        @Override
        public void write(List<ChangelogRecord> records, OutputStream out) throws IOException {
            for (int i = 0; i < records.size(); i++) {
                records.get(i).writeTo(out);
            }
        }
    };

    /** Bytes of text that are collected before they are written. */
    private static final int STEP = 1 << 16;

    /** Made once a thread: it remembers NIDs and the day, which costs more than one record. */
    private static final ThreadLocal<LfsText> TEXTS = ThreadLocal.withInitial(() -> new LfsText(2 * STEP));

    private final String contentType;

    RecordForm(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** Writes the records in order. Does not close {@code out}. */
    public abstract void write(List<ChangelogRecord> records, OutputStream out) throws IOException;
}
