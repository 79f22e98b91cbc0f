// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import io.github.camellustre.changelog.ChangelogRecord;
import java.io.IOException;
import java.util.List;

/** Records one by one in a form, without the newline behind a line. What one thread makes of many shares buffers. */
@FunctionalInterface
public interface RecordBytes {
    byte[] of(ChangelogRecord record) throws IOException;

    /** Used by one thread. */
    static RecordBytes in(RecordForm form) {
        if (form == RecordForm.lines) {
            return new JsonLine()::of;
        }
        RecordBuffer buffer = new RecordBuffer();
        return record -> {
            buffer.reset();
            form.write(List.of(record), buffer);
            if (form == RecordForm.text) {
                buffer.truncate(buffer.size() - 1);
            }
            return buffer.toByteArray();
        };
    }
}
