// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.llapi;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordFormatException;
import io.github.camellustre.changelog.RecordSize;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.live.Errno;
import io.github.camellustre.changelog.source.live.LiveHandle;
import io.github.camellustre.changelog.source.live.Poll;
import java.util.Arrays;
import jnr.ffi.Pointer;
import jnr.ffi.byref.PointerByReference;

/** A stream of liblustreapi. It gives one allocated record at a time; they are copied together here. */
final class LlapiHandle implements LiveHandle {
    private static final int END = 1;

    private final String mdt;
    private final Liblustreapi library;
    private final PointerByReference stream;
    private final Poll poll;
    private byte[] gathered = new byte[1 << 16];
    private int size;
    private long next;
    private boolean atEnd;

    /** @param stream that was started; this closes it */
    LlapiHandle(String mdt, Liblustreapi library, PointerByReference stream, long fromIndex) {
        this.mdt = mdt;
        this.library = library;
        this.stream = stream;
        this.poll = new Poll(mdt, library.llapi_changelog_get_fd(stream.getValue()));
        this.next = fromIndex;
    }

    @Override
    public boolean poll(int millis) throws SourceException {
        return library.llapi_changelog_in_buf(stream.getValue()) == 1 || poll.isReady(millis, next);
    }

    /** An error behind good records is met again by the next read. */
    @Override
    public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
        size = 0;
        for (int records = 0; records < maxRecords; records++) {
            boolean mayExceed = size > maxBytes - RecordBuilder.MAX_RECORD;
            if (records > 0 && (mayExceed || !poll(0))) {
                break;
            }
            int result = receive();
            if (result != 0) {
                atEnd = result == END;
                boolean failed = result < 0 && result != -Errno.EINTR.number() && result != -Errno.EAGAIN.number();
                if (failed && records == 0) {
                    throw Errno.reading(mdt, next, -result);
                }
                break;
            }
        }
        return size == 0 ? RecordBlock.empty(mdt) : RecordBlock.frame(mdt, Arrays.copyOf(gathered, size));
    }

    private int receive() {
        PointerByReference reference = new PointerByReference();
        int result = library.llapi_changelog_recv(stream.getValue(), reference);
        if (result == 0) {
            try {
                append(reference.getValue());
            } finally {
                library.llapi_changelog_free(reference);
            }
        }
        return result;
    }

    /** Only as many bytes are looked at as those before say that there are. */
    private void append(Pointer record) {
        if (gathered.length - size < RecordBuilder.MAX_RECORD) {
            gathered = Arrays.copyOf(gathered, gathered.length * 2);
        }
        record.get(0, gathered, size, RecordSize.HEADER);
        long index = RecordSize.index(gathered, size);
        if (RecordSize.nameLength(gathered, size) > RecordSize.LONGEST_NAMES) {
            throw new RecordFormatException(
                    mdt, size, index, "a name of " + RecordSize.nameLength(gathered, size) + " bytes");
        }
        int told = RecordSize.told(gathered, size);
        record.get(0, gathered, size, told);
        int length = RecordSize.of(gathered, size, size + told);
        record.get(0, gathered, size, length);
        size += length;
        next = Math.max(next, index + 1);
    }

    @Override
    public boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public void close() {
        library.llapi_changelog_fini(stream);
    }
}
