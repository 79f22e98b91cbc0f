// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import io.github.camellustre.changelog.ChangelogRecord;
import java.util.ArrayList;
import java.util.List;

/** How far one batch has come: what was taken or rejected, and what is to be sent next. Used by the thread of its exchange. */
public final class BulkDelivery {
    private final List<ChangelogRecord> records;
    private final List<BulkRejection> rejections = new ArrayList<>();
    private int done;
    private int most;
    private int failures;
    private String host;
    private boolean templating;

    BulkDelivery(List<ChangelogRecord> records) {
        this.records = records;
        this.most = records.size();
    }

    /** Whether another request is needed. */
    public boolean isOpen() {
        return done < records.size();
    }

    /** What the server refused for good, in order. */
    public List<BulkRejection> rejections() {
        return rejections;
    }

    /** The next request is on its way. */
    void sending(String to, boolean template) {
        host = to;
        templating = template;
    }

    /** Where the last request went. */
    String host() {
        return host;
    }

    /** Whether the last request was to install the index template. */
    boolean isTemplating() {
        return templating;
    }

    /** All of the batch; the next request has {@code [from(), to())} of them. */
    List<ChangelogRecord> records() {
        return records;
    }

    int from() {
        return done;
    }

    int to() {
        return Math.min(records.size(), done + most);
    }

    /** The last request is over: all its records are there but for those that are rejected. */
    void answered(List<BulkError> rejected) {
        for (BulkError error : rejected) {
            rejections.add(new BulkRejection(records.get(done + error.position()), error.toString()));
        }
        done = to();
        failures = 0;
    }

    /** The last request was too large: the next has half of its records; a single one is rejected. */
    void tooLarge(BulkError error) {
        int sent = to() - from();
        if (sent == 1) {
            answered(List.of(error));
        } else {
            most = (sent + 1) / 2;
        }
    }

    /** How many servers in a row have not answered. */
    int failed() {
        return ++failures;
    }
}
