// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.RecordCursor;

/** The subjects by their FID, which is looked up where it lies in the record: a hash table with open addressing. */
final class SubjectTable {
    private static final int SMALLEST = 1024;

    private Subject[] slots = new Subject[SMALLEST];
    private int size;

    /** Null if it is not there. */
    Subject find(RecordCursor record, int fidAt) {
        return slots[slot(record.fidSequence(fidAt), record.fidObjectId(fidAt), record.fidVersion(fidAt))];
    }

    Subject findOrAdd(RecordCursor record, int fidAt) {
        long sequence = record.fidSequence(fidAt);
        int objectId = record.fidObjectId(fidAt);
        int version = record.fidVersion(fidAt);
        int slot = slot(sequence, objectId, version);
        Subject found = slots[slot];
        if (found == null) {
            found = new Subject(sequence, objectId, version);
            slots[slot] = found;
            if (++size > slots.length / 2) {
                resize(2 * slots.length);
            }
        }
        return found;
    }

    void remove(Subject subject) {
        int hole = slot(subject.sequence, subject.objectId, subject.version);
        slots[hole] = null;
        size--;
        // What was pushed on by the one that is gone moves up, or it would not be found any more.
        int mask = slots.length - 1;
        for (int at = hole + 1 & mask; slots[at] != null; at = at + 1 & mask) {
            int home = home(slots[at].sequence, slots[at].objectId, slots[at].version);
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                slots[at] = null;
                hole = at;
            }
        }
        if (size < slots.length / 16 && slots.length > SMALLEST) {
            resize(slots.length / 4);
        }
    }

    int size() {
        return size;
    }

    /** Where it is, or the free place where it would be. */
    private int slot(long sequence, int objectId, int version) {
        int at = home(sequence, objectId, version);
        while (slots[at] != null
                && (slots[at].objectId != objectId || slots[at].sequence != sequence || slots[at].version != version)) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private int home(long sequence, int objectId, int version) {
        long mixed = (sequence * 31 + objectId) * 31 + version;
        mixed *= 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & slots.length - 1;
    }

    private void resize(int length) {
        Subject[] old = slots;
        slots = new Subject[Math.max(length, SMALLEST)];
        for (Subject subject : old) {
            if (subject != null) {
                slots[slot(subject.sequence, subject.objectId, subject.version)] = subject;
            }
        }
    }
}
