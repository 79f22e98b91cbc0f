// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogBatch;

/** Records of a broadcast, linked to those that were offered next: what no reader's place is before is garbage. */
final class Copy extends Delivery {
    private final long bytesBefore;
    private final long bytesUpTo;

    private Copy next;

    Copy(ChangelogBatch records, long first, long bytesBefore, long now) {
        super(records);
        this.bytesBefore = bytesBefore;
        this.bytesUpTo = bytesBefore + records.rawLength(0, records.size());
        placeAt(first, now);
    }

    @Override
    protected void completed(Throwable cause) {
        // the exchange it came in is complete
    }

    Copy next() {
        return next;
    }

    void append(Copy following) {
        next = following;
    }

    /** Bytes of all that was offered before it. */
    long bytesBefore() {
        return bytesBefore;
    }

    /** Bytes of all that was offered up to it. */
    long bytesUpTo() {
        return bytesUpTo;
    }
}
