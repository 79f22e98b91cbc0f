// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.RecordSize;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Records back to back, as read(2) of the device or llapi_changelog_recv gives them. */
final class BinaryReader implements RecordReader {
    /** Room for many records: none has more than {@link RecordSize#LONGEST_NAMES} bytes of name and some 450 others. */
    private static final int BUFFER = 1 << 20;

    private final ReplayInput input;
    private final InputStream content;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int length;
    private int limit;
    private long bufferStart;
    private long index;

    BinaryReader(ReplayInput input, InputStream content) {
        this.input = input;
        this.content = content;
    }

    @Override
    public boolean next() throws SourceException {
        at += length;
        length = 0;
        int size = measure();
        if (size == RecordSize.UNKNOWN || size > limit - at) {
            fill();
            if (at == limit) {
                return false;
            }
            size = measure();
            if (size == RecordSize.UNKNOWN || size > limit - at) {
                throw truncated(size);
            }
        }
        length = size;
        index = RecordSize.index(buffer, at);
        return true;
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int offset() {
        return at;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public String place() {
        return "byte " + (bufferStart + at);
    }

    @Override
    public void close() {
        input.close(content);
    }

    private void fill() throws SourceException {
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        bufferStart += at;
        limit -= at;
        at = 0;
        try {
            limit += content.readNBytes(buffer, limit, buffer.length - limit);
        } catch (IOException e) {
            throw input.unreadable(place(), e);
        }
    }

    private int measure() throws SourceException {
        if (limit - at >= RecordSize.HEADER) {
            check();
        }
        return RecordSize.of(buffer, at, limit);
    }

    /** Rubbish seldom counts upwards and has seldom a time. */
    private void check() throws SourceException {
        long found = RecordSize.index(buffer, at);
        if (found <= index) {
            throw input.damaged(place(), found, "after index " + index + " comes " + found);
        }
        if (RecordSize.nanos(buffer, at) >= 1_000_000_000) {
            throw input.damaged(place(), found, "its time has " + RecordSize.nanos(buffer, at) + " nanoseconds");
        }
        if (RecordSize.nameLength(buffer, at) > RecordSize.LONGEST_NAMES) {
            throw input.damaged(place(), found, "it has a name of " + RecordSize.nameLength(buffer, at) + " bytes");
        }
    }

    private SourceException truncated(int size) {
        boolean knowsIndex = limit - at >= 16;
        String missing = size == RecordSize.UNKNOWN ? "" : " of " + size;
        return input.damaged(
                place(),
                knowsIndex ? RecordSize.index(Arrays.copyOfRange(buffer, at, at + 16), 0) : -1,
                "the input ends inside a record: " + (limit - at) + " bytes left" + missing);
    }
}
