// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;

/** One changelog record: an immutable view of its raw bytes that decodes on demand. */
public final class ChangelogRecord {
    private final String mdt;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /** For callers that have framed the bytes already: nothing is checked. */
    ChangelogRecord(String mdt, byte[] bytes, int offset, int length) {
        this.mdt = mdt;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** Name of the MDT whose changelog holds the record, {@code fs-MDT0000}. */
    public String mdt() {
        return mdt;
    }

    public RecordType type() {
        return RecordType.of(RecordLayout.u32(bytes, offset + RecordLayout.TYPE));
    }

    /** Record number, unique within the MDT. */
    public long index() {
        return RecordLayout.u64(bytes, offset + RecordLayout.INDEX);
    }

    /** The raw bytes, a copy. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** Size in bytes, every extension and the name included. */
    public int length() {
        return length;
    }
}
