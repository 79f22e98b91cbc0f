// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Encoded records, growing, whose array can be written without a copy and whose end can be taken back. Used by one thread. */
public final class RecordBuffer extends OutputStream {
    private byte[] bytes = new byte[8192];
    private int size;

    @Override
    public void write(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }

    /** Holds the written bytes at {@code [0, size)}; another array after the next write that needs room. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return bytes.length;
    }

    public void reset() {
        size = 0;
    }

    /** Takes back what was written behind {@code length}. */
    public void truncate(int length) {
        size = Objects.checkIndex(length, size + 1);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
