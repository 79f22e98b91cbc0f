// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** A record that was looked at and waits: for its subjects to be free, or for the next reader that asks. */
final class KeptBack {
    private final long number;
    private final int expiries;
    private final boolean sent;
    /** Null if it has none. */
    private final Subject one;
    /** Null if it has no second one. */
    private final Subject two;

    private KeptBack nextOfOne;
    private KeptBack nextOfTwo;
    private boolean gone;

    /**
     * @param number in the sequence of the {@link Backlog}
     * @param expiries how often its time has run out in a reader's hands
     * @param sent whether a reader had it before
     */
    KeptBack(long number, int expiries, boolean sent, Subject one, Subject two) {
        this.number = number;
        this.expiries = expiries;
        this.sent = sent;
        this.one = one;
        this.two = two;
    }

    long number() {
        return number;
    }

    int expiries() {
        return expiries;
    }

    boolean wasSent() {
        return sent;
    }

    Subject one() {
        return one;
    }

    Subject two() {
        return two;
    }

    /** It does not wait any more. */
    void go() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    KeptBack next(Subject subject) {
        return subject == one ? nextOfOne : nextOfTwo;
    }

    void setNext(Subject subject, KeptBack next) {
        if (subject == one) {
            nextOfOne = next;
        } else {
            nextOfTwo = next;
        }
    }

    /** Whether nothing of its subjects comes before it. */
    boolean isFirst() {
        return (one == null || one.first() == this) && (two == null || two.first() == this);
    }

    /** Whether no reader holds any of its subjects. */
    boolean isFree() {
        return (one == null || one.isFree()) && (two == null || two.isFree());
    }

    /** Whether nobody but that batch's reader holds any of its subjects. */
    boolean isFreeFor(long batch) {
        return (one == null || one.isFreeFor(batch)) && (two == null || two.isFreeFor(batch));
    }
}
