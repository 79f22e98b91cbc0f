// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads what {@code lfs changelog} printed for one MDT, of any length, so that printing the records with {@link LfsText}
 * gives the same bytes again. Not for several threads at once.
 *
 * <p>Names may hold newlines, and behind them text that looks like a record. So a line starts a record only if
 * <ol>
 *   <li>it reads as the start of one, up to the target FID,
 *   <li>its index is higher than that of the record before it (the first line: any index),
 *   <li>what lies between is a whole record, and
 *   <li>where its index leaves a gap and the record before it ends in a name: no later line, as far as that name could
 *       reach, has an index that lies in the gap.
 * </ol>
 * Every other line belongs to the record before it. A name that holds a newline and then the start of a record with just
 * the next index cannot be told from that record. The last line must end in a newline: without one it may be cut.
 *
 * <p>A record is complete only when the line behind it has been read: on a pipe that stays open, the last one waits.
 * What the text does not carry (docs/text-form.md) is set as an MDT sets it, or left out.
 *
 * @see LfsTextException
 */
public final class LfsTextReader implements Closeable {
    private final String mdt;
    private final InputStream in;
    private final TextWindow window;
    private final TextScanner scan = new TextScanner();
    private final LineBody body = new LineBody(scan);
    private final RecordBuilder record = new RecordBuilder();
    private LineHead head = new LineHead(new TextScanner());
    private LineHead next = new LineHead(new TextScanner());
    private LineHead later;
    private boolean headRead;
    private boolean pending;
    private long offset;
    private long line = 1;
    /** Behind the record in the builder; 0 if there is none. */
    private int recordEnd;

    /** The reader closes the stream when it is closed; the stream needs no buffer of its own. */
    public LfsTextReader(String mdt, InputStream in) {
        this.mdt = mdt;
        this.in = in;
        window = new TextWindow(in);
    }

    /**
     * The next record; null at the end.
     *
     * @throws LfsTextException if the text is not what Lustre prints
     */
    public ChangelogRecord next() throws IOException {
        return advance() ? take() : null;
    }

    private ChangelogRecord take() {
        pending = false;
        return record.build(mdt);
    }

    /**
     * The next records, at least one if there is one, else as many as fit.
     *
     * @return an empty block at the end
     * @throws LfsTextException if the text is not what Lustre prints; the records before that place have been returned
     *     by earlier calls, or are lost with this one
     */
    public RecordBlock read(int maxRecords, int maxBytes) throws IOException {
        byte[] bytes = new byte[Math.max(RecordBuilder.MAX_RECORD, Math.min(maxBytes, 1 << 16))];
        int length = 0;
        for (int count = 0; count < Math.max(1, maxRecords) && advance(); count++) {
            if (count > 0 && length + record.length() > maxBytes) {
                break;
            }
            if (bytes.length - length < record.length()) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            length += record.encode(bytes, length);
            pending = false;
        }
        return RecordBlock.frame(mdt, Arrays.copyOf(bytes, length));
    }

    /** Number of the line that is read next, from 1. */
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Leaves the next record in the builder, until {@link #pending} is reset. False at the end. */
    private boolean advance() throws IOException {
        if (pending) {
            return true;
        }
        release();
        int from = window.start();
        if (!window.has(from)) {
            return false;
        }
        if (!headRead && !reads(head, from)) {
            throw problem(-1, "no record starts here");
        }
        int limit = from + LfsText.MAX_TEXT;
        int newline = window.newline(from, limit);
        while (newline >= 0) {
            boolean last = !window.has(newline + 1);
            if ((last || startsRecord(newline + 1, from, newline, limit)) && bodyReads(from, newline)) {
                accept(newline, last);
                return true;
            }
            if (last) {
                break;
            }
            newline = window.newline(newline + 1, limit);
        }
        throw problem(
                head.index(),
                newline < 0 && !window.has(limit)
                        ? "the text ends without a newline: it is cut"
                        : "not the text of one record, nor is the start of another near");
    }

    private void accept(int newline, boolean last) {
        head.copyTo(record);
        body.copyTo(record);
        recordEnd = newline + 1;
        LineHead done = head;
        head = next;
        next = done;
        headRead = !last;
        pending = true;
    }

    /** Counts the record that was returned; only then may its bytes move, because the builder holds places in them. */
    private void release() {
        for (int at = window.start(); at < recordEnd; at++) {
            if (window.bytes()[at] == '\n') {
                line++;
            }
        }
        if (recordEnd > window.start()) {
            offset += recordEnd - window.start();
            window.release(recordEnd);
        }
        recordEnd = 0;
    }

    /** Whether the line at {@code place} starts a record, for all that the record before it leaves open. */
    private boolean startsRecord(int place, int from, int newline, int limit) throws IOException {
        return reads(next, place)
                && Long.compareUnsigned(next.index(), head.index()) > 0
                && (next.index() == head.index() + 1 || !gapIsFilled(place, from, newline, limit));
    }

    private boolean gapIsFilled(int place, int from, int newline, int limit) throws IOException {
        if (!(bodyReads(from, newline) && body.endsInFreeText())) {
            return false;
        }
        if (later == null) {
            later = new LineHead(new TextScanner());
        }
        for (int end = window.newline(place, limit); end >= 0; end = window.newline(end + 1, limit)) {
            if (!bodyReads(from, end) || !window.has(end + 1)) {
                return false;
            }
            if (reads(later, end + 1)
                    && Long.compareUnsigned(later.index(), head.index()) > 0
                    && Long.compareUnsigned(later.index(), next.index()) < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean reads(LineHead start, int place) throws IOException {
        window.has(place + LineHead.MAX_LENGTH);
        return start.read(window.bytes(), place, Math.min(window.end(), place + LineHead.MAX_LENGTH));
    }

    private boolean bodyReads(int from, int newline) {
        return body.read(head.type(), window.bytes(), from + head.length(), newline);
    }

    private LfsTextException problem(long index, String text) {
        return new LfsTextException(mdt, offset, index, line, text);
    }
}
