// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/**
 * An object of the file system that records are about which readers hold or which are kept back. Those of its records that
 * are in readers' hands are all in one batch, and came before those that are kept back.
 */
final class Subject {
    final long sequence;
    final int objectId;
    final int version;

    /** Records in a reader's hands. */
    private int held;
    /** Which batch has them. */
    private long holder;
    /** Records that are kept back, in order. */
    private KeptBack first;

    private KeptBack last;

    Subject(long sequence, int objectId, int version) {
        this.sequence = sequence;
        this.objectId = objectId;
        this.version = version;
    }

    void hold(long batch) {
        held++;
        holder = batch;
    }

    void letGo() {
        held--;
    }

    boolean isFree() {
        return held == 0;
    }

    boolean isFreeFor(long batch) {
        return held == 0 || holder == batch;
    }

    boolean isIdle() {
        return held == 0 && first == null;
    }

    KeptBack first() {
        return first;
    }

    void addLast(KeptBack record) {
        if (first == null) {
            first = record;
        } else {
            last.setNext(this, record);
        }
        last = record;
    }

    void addFirst(KeptBack record) {
        record.setNext(this, first);
        if (first == null) {
            last = record;
        }
        first = record;
    }

    /** Forgets the first ones that do not wait any more. Those in the middle have to be first to be forgotten. */
    void dropGone() {
        while (first != null && first.isGone()) {
            first = first.next(this);
        }
        if (first == null) {
            last = null;
        }
    }

    /** The one with that number; null if it does not wait here. */
    KeptBack find(long number) {
        KeptBack record = first;
        while (record != null && record.number() < number) {
            record = record.next(this);
        }
        return record != null && record.number() == number && !record.isGone() ? record : null;
    }
}
