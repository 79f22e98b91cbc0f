// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Whole records of one MDT, back to back in one array as read(2) returns them, framed once. What a source hands to the
 * reader: no allocation per record.
 */
public final class RecordBlock {
    private static final int[] NO_OFFSETS = {0};

    private final String mdt;
    private final byte[] bytes;
    private final int[] offsets;

    private RecordBlock(String mdt, byte[] bytes, int[] offsets) {
        this.mdt = mdt;
        this.bytes = bytes;
        this.offsets = offsets;
    }

    public static RecordBlock empty(String mdt) {
        return new RecordBlock(mdt, new byte[0], NO_OFFSETS);
    }

    /**
     * Finds the records in {@code bytes}, which the block keeps: the caller must not change them afterwards.
     *
     * @throws RecordFormatException if the bytes are anything but whole records
     */
    public static RecordBlock frame(String mdt, byte[] bytes) {
        int[] offsets = new int[bytes.length / 128 + 2];
        int count = 0;
        int at = 0;
        while (at < bytes.length) {
            int length = RecordLayout.length(mdt, bytes, at, bytes.length);
            if (count + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            at += length;
            offsets[++count] = at;
        }
        return new RecordBlock(mdt, bytes, offsets.length == count + 1 ? offsets : Arrays.copyOf(offsets, count + 1));
    }

    /**
     * Takes whole records off {@code source}, whose position then stands behind the last one taken. Damage behind good
     * records is met by the next call.
     *
     * @param maxBytes at least one record is taken, however large
     * @throws RecordFormatException if what is there does not begin with a whole record
     */
    public static RecordBlock take(String mdt, ByteBuffer source, int maxRecords, int maxBytes) {
        int available = Math.min(source.remaining(), Math.max(maxBytes, RecordLayout.MAX_RECORD));
        byte[] bytes = new byte[available];
        source.get(source.position(), bytes);
        int end = 0;
        for (int records = 0; records < maxRecords && end < available; records++) {
            int size = RecordSize.of(bytes, end, available);
            boolean whole = size != RecordSize.UNKNOWN
                    && size <= available - end
                    && RecordSize.nameLength(bytes, end) <= RecordSize.LONGEST_NAMES;
            if (records > 0 && (!whole || size > maxBytes - end)) {
                break;
            }
            // a first one that is not whole: says what is wrong with it
            end += RecordLayout.length(mdt, bytes, end, available);
        }
        RecordBlock block = frame(mdt, end == available ? bytes : Arrays.copyOf(bytes, end));
        source.position(source.position() + end);
        return block;
    }

    /** One block with the records of all, in this order; they are of one MDT. */
    public static RecordBlock join(List<RecordBlock> blocks) {
        int count = 0;
        int length = 0;
        for (RecordBlock block : blocks) {
            count += block.count();
            length = Math.addExact(length, block.length());
        }
        byte[] bytes = new byte[length];
        int[] offsets = new int[count + 1];
        int record = 0;
        for (RecordBlock block : blocks) {
            int start = offsets[record];
            System.arraycopy(block.bytes, 0, bytes, start, block.length());
            for (int i = 1; i <= block.count(); i++) {
                offsets[++record] = start + block.offsets[i];
            }
        }
        return new RecordBlock(blocks.get(0).mdt, bytes, offsets);
    }

    public String mdt() {
        return mdt;
    }

    /** Number of records. */
    public int count() {
        return offsets.length - 1;
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /** Bytes of all records. */
    public int length() {
        return bytes.length;
    }

    /** Bytes of the records {@code [from, to)}. */
    public int length(int from, int to) {
        return offsets[to] - offsets[from];
    }

    public long index(int record) {
        return RecordLayout.u64(bytes, offsets[record] + RecordLayout.INDEX);
    }

    public int typeNumber(int record) {
        return RecordLayout.u32(bytes, offsets[record] + RecordLayout.TYPE);
    }

    public ChangelogRecord record(int record) {
        int offset = offsets[record];
        return new ChangelogRecord(mdt, bytes, offset, offsets[record + 1] - offset);
    }

    /** Seconds &lt;&lt; 30 | nanoseconds. */
    public long time(int record) {
        return RecordLayout.u64(bytes, offsets[record] + RecordLayout.TIME);
    }

    public Fid targetFid(int record) {
        return RecordLayout.fid(bytes, offsets[record] + RecordLayout.TARGET_FID);
    }

    /** The same block without some of its records. */
    public RecordBlock without(BitSet dropped) {
        int[] kept = new int[count() - dropped.cardinality()];
        int record = -1;
        for (int i = 0; i < kept.length; i++) {
            record = dropped.nextClearBit(record + 1);
            kept[i] = record;
        }
        return pick(0, kept);
    }

    /** A block of the records at these positions, counted from {@code from}, in this order. */
    RecordBlock pick(int from, int[] positions) {
        int[] ends = new int[positions.length + 1];
        for (int i = 0; i < positions.length; i++) {
            int record = from + positions[i];
            ends[i + 1] = ends[i] + length(record, record + 1);
        }
        byte[] picked = new byte[ends[positions.length]];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(bytes, offsets[from + positions[i]], picked, ends[i], ends[i + 1] - ends[i]);
        }
        return new RecordBlock(mdt, picked, ends);
    }

    byte[] bytes() {
        return bytes;
    }

    int offset(int record) {
        return offsets[record];
    }
}
