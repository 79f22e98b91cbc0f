// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.lcap.wire.Option;
import java.util.ArrayList;
import java.util.List;

/** A reader's filter where the other side knows none: Lustre itself, and LCAP's own server. */
final class LocalFilter {
    private final RecordFilter filter;

    /** @param option null: every record is wanted */
    LocalFilter(Option.Filter option) {
        this.filter = option == null ? RecordFilter.ALL : RecordFilter.parse(option.text());
    }

    /** The records that are wanted: the batch itself if all are. */
    ChangelogBatch wanted(ChangelogBatch batch) {
        if (filter.equals(RecordFilter.ALL)) {
            return batch;
        }
        List<ChangelogRecord> wanted = new ArrayList<>();
        RecordCursor cursor = new RecordCursor();
        for (int record = 0; record < batch.size(); record++) {
            if (filter.matches(cursor.moveTo(batch, record))) {
                wanted.add(batch.get(record));
            }
        }
        return wanted.size() == batch.size() ? batch : ChangelogBatch.of(wanted);
    }
}
