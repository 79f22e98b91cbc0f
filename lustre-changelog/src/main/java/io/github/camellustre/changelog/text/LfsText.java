// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.OpenMode;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordCursor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Prints records exactly as {@code lfs changelog} does, byte for byte: names, jobs and xattr names as they are, not even
 * newlines escaped. Collects bytes until they are taken and {@link #clear}ed; allocates only to grow and for NIDs that it
 * has not met lately. Not for several threads at once. {@link LfsTextReader} reads it back.
 */
public final class LfsText {
    /** No record's text is longer: fixed fields, a job of 32 bytes, an xattr name of 256 and names of 512. */
    static final int MAX_TEXT = 512 + 32 + 256 + 512;

    private final TextBuffer out;
    private final RecordCursor record = new RecordCursor();
    private final TimeText time = new TimeText();
    private final NidTexts nids = new NidTexts();

    public LfsText() {
        this(1 << 16);
    }

    /** @param capacity bytes to hold before it grows first */
    public LfsText(int capacity) {
        out = new TextBuffer(Math.max(capacity, MAX_TEXT));
    }

    /** One record as text, with the newline. */
    public static byte[] of(ChangelogRecord record) {
        return new LfsText(MAX_TEXT).append(record).toByteArray();
    }

    public LfsText append(ChangelogRecord next) {
        record.moveTo(next);
        return append();
    }

    /** The records {@code [from, to)} of the block. */
    public LfsText append(RecordBlock block, int from, int to) {
        for (int i = from; i < to; i++) {
            record.moveTo(block, i);
            append();
        }
        return this;
    }

    /** Bytes collected. */
    public int length() {
        return out.length();
    }

    /** The array that holds them from 0 on; valid until the next append. */
    public byte[] array() {
        return out.bytes();
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(out.bytes(), out.length());
    }

    public void writeTo(OutputStream stream) throws IOException {
        stream.write(out.bytes(), 0, out.length());
    }

    public void clear() {
        out.clear();
    }

    private LfsText append() {
        out.reserve(MAX_TEXT);
        out.unsigned(record.index());
        out.put(' ');
        TypeText.put(out, record.typeNumber());
        out.put(' ');
        time.put(out, record.seconds(), record.nanos());
        field(Field.FLAGS);
        out.hex(record.typeFlags());
        field(Field.TARGET);
        fid(record.targetAt());
        if (record.hasJobId() && record.jobTo() > record.jobFrom()) {
            field(Field.JOB);
            out.put(record.bytes(), record.jobFrom(), record.jobTo());
        }
        if (record.hasExtraFlags()) {
            extra();
        }
        if (!record.fidIsZero(record.parentAt())) {
            field(Field.PARENT);
            fid(record.parentAt());
        }
        if (record.nameFrom() < record.end()) {
            out.put(' ');
            out.put(record.bytes(), record.nameFrom(), record.nameTo());
        }
        if (record.hasRename() && !record.fidIsZero(record.sourceAt())) {
            field(Field.SOURCE);
            fid(record.sourceAt());
            field(Field.SOURCE_PARENT);
            fid(record.sourceParentAt());
            out.put(' ');
            out.put(record.bytes(), record.oldNameFrom(), record.oldNameTo());
        }
        out.put('\n');
        return this;
    }

    private void extra() {
        field(Field.EXTRA);
        out.hex(record.extraFlags());
        if (record.hasUidGid()) {
            field(Field.USER);
            out.unsigned(record.uid());
            out.put(':');
            out.unsigned(record.gid());
        }
        if (record.hasNid()) {
            field(Field.NID);
            out.put(nids.of(record));
        }
        if (record.hasOpenFlags()) {
            byte[] mode = OpenMode.text(record.openFlags());
            if (mode != null) {
                field(Field.MODE);
                out.put(mode);
            }
        }
        if (record.hasXattr() && record.xattrTo() > record.xattrFrom()) {
            field(Field.XATTR);
            out.put(record.bytes(), record.xattrFrom(), record.xattrTo());
        }
    }

    private void field(Field field) {
        out.put(field.label());
    }

    /** A zero sequence prints without 0x, as printf's %#llx does. */
    private void fid(int at) {
        out.put('[');
        long sequence = record.fidSequence(at);
        if (sequence != 0) {
            out.put('0');
            out.put('x');
        }
        out.hex(sequence);
        out.put(':');
        out.put('0');
        out.put('x');
        out.hex(record.fidObjectId(at) & 0xffffffffL);
        out.put(':');
        out.put('0');
        out.put('x');
        out.hex(record.fidVersion(at) & 0xffffffffL);
        out.put(']');
    }

    /** What precedes a field's value, in the order of the line. */
    enum Field {
        FLAGS(" 0x"),
        TARGET(" t="),
        JOB(" j="),
        EXTRA(" ef=0x"),
        USER(" u="),
        NID(" nid="),
        MODE(" m="),
        XATTR(" x="),
        PARENT(" p="),
        SOURCE(" s="),
        SOURCE_PARENT(" sp=");

        private final byte[] label;

        Field(String text) {
            label = text.getBytes(StandardCharsets.US_ASCII);
        }

        byte[] label() {
            return label;
        }
    }
}
