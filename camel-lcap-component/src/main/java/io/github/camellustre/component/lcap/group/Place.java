// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** How far one reader of a broadcast is. */
final class Place {
    private Copy copy;
    private int record;

    /** Behind all that was offered up to this one. */
    Place(Copy newest) {
        this.copy = newest;
        this.record = newest.records().size();
    }

    /** Records between here and there. */
    long behind(Copy newest) {
        return newest.end() - copy.first() - record;
    }

    /** What a reader keeps from being garbage: all of an exchange of which it has read a part. */
    private long bytesBehind(Copy newest) {
        return newest.bytesUpTo() - (record == copy.records().size() ? copy.bytesUpTo() : copy.bytesBefore());
    }

    /** Goes on until no more than the limits are left; returns how many records were passed over. */
    long dropBeyond(QueueLimits limits, Copy newest) {
        long before = behind(newest);
        while (copy != newest && (behind(newest) > limits.records() || bytesBehind(newest) > limits.bytes())) {
            copy = copy.next();
            record = 0;
        }
        return before - behind(newest);
    }

    /** Goes on, and takes what is wanted. */
    void fill(Pick pick) {
        while (pick.admits(0)) {
            if (record == copy.records().size()) {
                if (copy.next() == null) {
                    return;
                }
                copy = copy.next();
                record = 0;
            } else {
                record = pick.takeWanted(copy, record, copy.records().size(), 0);
            }
        }
    }
}
