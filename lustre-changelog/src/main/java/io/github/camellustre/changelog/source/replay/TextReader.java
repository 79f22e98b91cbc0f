// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.text.LfsTextException;
import io.github.camellustre.changelog.text.LfsTextReader;
import java.io.IOException;
import java.io.InputStream;

/** Records as {@code lfs changelog} printed them. */
final class TextReader implements RecordReader {
    private final ReplayInput input;
    private final InputStream content;
    private final LfsTextReader text;
    private final RecordCursor record = new RecordCursor();

    TextReader(ReplayInput input, InputStream content) {
        this.input = input;
        this.content = content;
        this.text = new LfsTextReader(input.mdt(), content);
    }

    @Override
    public boolean next() throws SourceException {
        try {
            ChangelogRecord next = text.next();
            if (next == null) {
                return false;
            }
            record.moveTo(next);
            return true;
        } catch (LfsTextException e) {
            throw input.damaged("line " + e.line() + ", byte " + e.offset(), e.index(), e.getMessage());
        } catch (IOException e) {
            throw input.unreadable(place(), e);
        }
    }

    @Override
    public byte[] bytes() {
        return record.bytes();
    }

    @Override
    public int offset() {
        return record.offset();
    }

    @Override
    public int length() {
        return record.end() - record.offset();
    }

    @Override
    public String place() {
        return "line " + text.line();
    }

    @Override
    public void close() {
        input.close(content);
    }
}
