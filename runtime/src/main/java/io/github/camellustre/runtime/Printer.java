// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.lustre.format.RecordForm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Where several readers print, one after the other, at most so many records in all. Any thread. */
final class Printer {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final RecordForm form;
    private final boolean counts;
    private long left;

    /** @param count most records; null for no bound */
    Printer(OutputStream out, RecordForm form, Long count) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.form = form;
        this.counts = count != null;
        this.left = counts ? count : 0;
    }

    /** Whether there is a bound: then records have to come one by one, because each may be the last. */
    boolean counts() {
        return counts;
    }

    /**
     * Prints them, up to the bound. What is printed has left this process when this returns.
     *
     * @return how many are printed
     */
    synchronized int print(List<ChangelogRecord> records) throws IOException {
        int most = counts ? (int) Math.min(left, records.size()) : records.size();
        form.write(most == records.size() ? records : records.subList(0, most), out);
        out.flush();
        left -= most;
        return most;
    }

    synchronized boolean isDone() {
        return counts && left == 0;
    }
}
