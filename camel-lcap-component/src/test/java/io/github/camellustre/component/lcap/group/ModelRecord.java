// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.Collections;
import java.util.List;

/** What the model knows of one record. Its number is in the parent FID, since indexes repeat. */
final class ModelRecord {
    final int number;
    final long index;
    final List<Fid> subjects;
    final boolean isCreat;
    final Offer offer;
    final long offeredAt;
    boolean dealtWith;
    int expiries;
    boolean sent;
    /** Whose live batch it is in; null: it waits. */
    ModelReader holder;

    ModelRecord(int number, ChangelogRecord record, boolean isCreat, Offer offer, long offeredAt) {
        this.number = number;
        this.index = record.index();
        this.subjects = record.subjects();
        this.isCreat = isCreat;
        this.offer = offer;
        this.offeredAt = offeredAt;
    }

    static int number(ChangelogRecord record) {
        return record.parentFid().objectId();
    }

    boolean waits() {
        return !dealtWith && holder == null;
    }

    boolean sharesSubject(ModelRecord other) {
        return !Collections.disjoint(subjects, other.subjects);
    }

    @Override
    public String toString() {
        return "record " + number + " (index " + index + ")";
    }
}
