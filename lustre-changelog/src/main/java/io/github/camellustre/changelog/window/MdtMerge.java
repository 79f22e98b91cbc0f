// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/**
 * The streams of several MDTs as one, by the times of their records; of one time, the MDT whose name is less comes first.
 * The order within an MDT stays, even where its clock went back.
 */
final class MdtMerge {
    private static final class Stream {
        private final String mdt;
        private final IntColumn positions = new IntColumn(0);
        private int size;
        private int at;
        private long time;

        private Stream(String mdt) {
            this.mdt = mdt;
        }
    }

    private static final Comparator<Stream> EARLIEST = (one, other) -> {
        int times = Long.compareUnsigned(one.time, other.time);
        return times != 0 ? times : one.mdt.compareTo(other.mdt);
    };

    private final RecordList list;
    private final RecordCursor cursor = new RecordCursor();
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private Stream last;

    MdtMerge(RecordList list) {
        this.list = list;
    }

    /** The next record in the order of arrival, which lies there in the list. */
    void add(int position) {
        String mdt = list.mdt(position);
        if (last == null || !last.mdt.equals(mdt)) {
            last = streams.computeIfAbsent(mdt, Stream::new);
        }
        last.positions.set(last.size++, position);
    }

    /** Gives the positions of all records in their order. */
    void forEach(IntConsumer each) {
        PriorityQueue<Stream> heads = new PriorityQueue<>(EARLIEST);
        for (Stream stream : streams.values()) {
            look(stream);
            heads.add(stream);
        }
        while (!heads.isEmpty()) {
            Stream stream = heads.poll();
            do {
                each.accept(stream.positions.get(stream.at++));
            } while (look(stream) && (heads.isEmpty() || EARLIEST.compare(stream, heads.peek()) < 0));
            if (stream.at < stream.size) {
                heads.add(stream);
            }
        }
    }

    private boolean look(Stream stream) {
        if (stream.at == stream.size) {
            return false;
        }
        stream.time = list.moveTo(stream.positions.get(stream.at), cursor).rawTime();
        return true;
    }
}
