// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.component.lcap.group.LeasedBatch;
import io.github.camellustre.lcap.wire.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch as the frames of one ENQUEUE. Several, since one array of a megabyte would be a humongous object for the garbage
 * collector, and because the JDK copies a frame anew for each part of it that the network takes.
 */
final class AnswerFrames {
    /** Bytes of a frame, unless a single record is larger. */
    private static final int FRAME = 128 << 10;

    private final RecordFormat format;
    private final List<ByteBuffer> frames = new ArrayList<>();
    private long unwritten;
    private byte[] frame;
    private int end;

    private AnswerFrames(LeasedBatch batch, RecordFormat format) {
        this.format = format;
        byte[] head = new byte[Answer.Records.HEAD_BYTES];
        Answer.Records.writeHead(head, batch.count());
        frames.add(ByteBuffer.wrap(head));
        unwritten = batch.bytes();
        begin();
        for (int range = 0; range < batch.ranges(); range++) {
            add(batch.batch(range), batch.from(range), batch.to(range));
        }
        finish();
    }

    /** The frames, each a buffer that begins at 0. */
    static List<ByteBuffer> of(LeasedBatch batch, RecordFormat format) {
        return new AnswerFrames(batch, format).frames;
    }

    private void add(ChangelogBatch batch, int from, int to) {
        int first = from;
        while (first < to) {
            int last = fitting(batch, first, to);
            if (last == first) {
                finish();
                begin();
                last = Math.max(first + 1, fitting(batch, first, to));
            }
            int size = batch.rawLength(first, last);
            if (size > frame.length) {
                frame = new byte[size];
            }
            end += format.encode(batch, first, last, frame, end);
            unwritten -= size;
            first = last;
        }
    }

    /** Behind the last of the records that the frame has room for, as far as they are of about the same size. */
    private int fitting(ChangelogBatch batch, int from, int to) {
        int room = frame.length - end;
        int last = to;
        for (int size = batch.rawLength(from, last); size > room; size = batch.rawLength(from, last)) {
            last = Math.min(last - 1, from + (int) ((long) room * (last - from) / size));
        }
        return last;
    }

    private void begin() {
        frame = new byte[(int) Math.min(FRAME, unwritten)];
        end = 0;
    }

    private void finish() {
        if (end > 0) {
            frames.add(ByteBuffer.wrap(frame, 0, end).slice());
        }
    }
}
