// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.lcap.wire.Option;
import java.util.BitSet;

/** A reader's filter where the other side knows none: Lustre itself, and LCAP's own server. */
final class LocalFilter {
    private final RecordFilter filter;

    /** @param option null: every record is wanted */
    LocalFilter(Option.Filter option) {
        this.filter = option == null ? RecordFilter.ALL : RecordFilter.parse(option.text());
    }

    /** The records that are wanted: the block itself if all are. */
    RecordBlock wanted(RecordBlock block) {
        if (filter.equals(RecordFilter.ALL)) {
            return block;
        }
        BitSet unwanted = new BitSet();
        RecordCursor cursor = new RecordCursor();
        for (int record = 0; record < block.count(); record++) {
            unwanted.set(record, !filter.matches(cursor.moveTo(block, record)));
        }
        return unwanted.isEmpty() ? block : block.without(unwanted);
    }
}
