// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** Bytes that are no whole, consistent changelog record. Unchecked, because decoding happens on demand, deep inside routes. */
public class RecordFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String mdt;
    private final long offset;
    private final long index;

    /**
     * @param offset bytes from the start of the block or stream to the record at fault
     * @param index the record's index as far as it could be read, else -1
     */
    public RecordFormatException(String mdt, long offset, long index, String problem) {
        super(mdt + ": record at byte " + offset + (index < 0 ? "" : ", index " + Long.toUnsignedString(index)) + ": "
                + problem);
        this.mdt = mdt;
        this.offset = offset;
        this.index = index;
    }

    public String mdt() {
        return mdt;
    }

    public long offset() {
        return offset;
    }

    public long index() {
        return index;
    }
}
