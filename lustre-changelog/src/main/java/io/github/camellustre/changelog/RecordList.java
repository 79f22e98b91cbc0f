// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Records of one MDT or of several in the order in which they were added, at 10 bytes each: where they lie is noted, their
 * bytes stay in the arrays they came in, which this keeps alive. Grows only; what has been added can be looked at while more
 * is added by the same thread. Not for several threads at once.
 */
public final class RecordList {
    private static final int SMALLEST = 64;

    private byte[][] arrays = new byte[4][];
    private String[] mdts = new String[4];
    private int arrayCount;
    /** Number of the array, and the place in it. */
    private long[] places = new long[SMALLEST];

    private short[] lengths = new short[SMALLEST];
    private int size;
    private long bytes;

    /** The record where the cursor stands; returns its position here. */
    public int add(String mdt, RecordCursor record) {
        return add(mdt, record.bytes(), record.offset(), record.end() - record.offset());
    }

    public int add(ChangelogRecord record) {
        return add(record.mdt(), record.bytes(), record.offset(), record.length());
    }

    private int add(String mdt, byte[] array, int offset, int length) {
        if (arrayCount == 0 || arrays[arrayCount - 1] != array || !mdts[arrayCount - 1].equals(mdt)) {
            addArray(mdt, array);
        }
        if (size == places.length) {
            int capacity = size + (size >> 1);
            places = Arrays.copyOf(places, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        places[size] = (long) (arrayCount - 1) << 32 | offset;
        lengths[size] = (short) length;
        bytes += length;
        return size++;
    }

    private void addArray(String mdt, byte[] array) {
        if (arrayCount == arrays.length) {
            arrays = Arrays.copyOf(arrays, arrayCount * 2);
            mdts = Arrays.copyOf(mdts, arrayCount * 2);
        }
        arrays[arrayCount] = array;
        mdts[arrayCount++] = mdt;
    }

    public int size() {
        return size;
    }

    /** Bytes of all records. */
    public long bytes() {
        return bytes;
    }

    public String mdt(int position) {
        return mdts[(int) (places[position] >>> 32)];
    }

    public long index(int position) {
        long place = places[position];
        return RecordLayout.u64(arrays[(int) (place >>> 32)], (int) place + RecordLayout.INDEX);
    }

    public int typeNumber(int position) {
        long place = places[position];
        return RecordLayout.u32(arrays[(int) (place >>> 32)], (int) place + RecordLayout.TYPE);
    }

    public RecordCursor moveTo(int position, RecordCursor cursor) {
        long place = places[position];
        int offset = (int) place;
        return cursor.moveTo(arrays[(int) (place >>> 32)], offset, offset + lengths[position]);
    }

    public ChangelogRecord get(int position) {
        Objects.checkIndex(position, size);
        long place = places[position];
        int array = (int) (place >>> 32);
        return new ChangelogRecord(mdts[array], arrays[array], (int) place, lengths[position]);
    }

    /** The records at {@code picks[from, to)}, none of them copied; the caller must not change the picks afterwards. */
    public ChangelogBatch batch(int[] picks, int from, int to) {
        Objects.checkFromToIndex(from, to, picks.length);
        return ChangelogBatch.ofImmutable(new Picked(picks, from, to));
    }

    private final class Picked extends AbstractList<ChangelogRecord> implements RandomAccess {
        private final int[] picks;
        private final int from;
        private final int to;

        private Picked(int[] picks, int from, int to) {
            this.picks = picks;
            this.from = from;
            this.to = to;
        }

        @Override
        public int size() {
            return to - from;
        }

        @Override
        public ChangelogRecord get(int position) {
            return RecordList.this.get(picks[from + Objects.checkIndex(position, to - from)]);
        }
    }
}
