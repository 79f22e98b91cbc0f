// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.ArrayList;
import java.util.List;

/** What a message body may be wherever records are taken: a record, a batch, or a list of either. */
public final class RecordBody {
    private RecordBody() {}

    /**
     * The records of a body, in order.
     *
     * @throws IllegalArgumentException if it is, or holds, anything else
     */
    public static List<ChangelogRecord> records(Object body) {
        if (body instanceof ChangelogBatch batch) {
            return batch;
        }
        if (body instanceof ChangelogRecord record) {
            return List.of(record);
        }
        if (body instanceof List<?> list) {
            List<ChangelogRecord> records = new ArrayList<>(list.size());
            for (Object element : list) {
                if (element instanceof List<?>) {
                    records.addAll(records(element));
                } else if (element instanceof ChangelogRecord record) {
                    records.add(record);
                } else {
                    throw refused("a list with " + named(element));
                }
            }
            return records;
        }
        throw refused(named(body));
    }

    private static String named(Object body) {
        return body == null ? "nothing" : "a " + body.getClass().getName();
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("the body is " + what
                + ", not a ChangelogRecord, a ChangelogBatch or a list of them: put this step before"
                + " those that change the body");
    }
}
