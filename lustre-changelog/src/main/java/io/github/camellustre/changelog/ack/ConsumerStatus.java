// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/**
 * One consumer on one MDT, at one moment.
 *
 * @param position acknowledged up to this index
 * @param outstanding records handed over and not back yet
 * @param inFlight records from the position on disk to the newest that was handed over: these would be delivered again if
 *     the process ended now
 * @param stored the position on disk
 * @param waitingFor index of the oldest record that is not acknowledged, -1 if there is none
 * @param heldForMillis how long it has been at its in-flight bound, 0 if it is not
 * @param failure why it backs off or has stopped, null if it does not
 * @param delivered records handed over, repeats included
 * @param acknowledged records acknowledged after a delivery
 * @param filtered records acknowledged because their type is not wanted
 * @param failed tokens that failed
 * @param redelivered records handed over again
 */
public record ConsumerStatus(
        String name,
        AckMode ack,
        State state,
        long position,
        long outstanding,
        long inFlight,
        long stored,
        long waitingFor,
        long heldForMillis,
        String failure,
        long delivered,
        long acknowledged,
        long filtered,
        long failed,
        long redelivered) {

    /** What keeps the consumer from being handed more, if anything. */
    public enum State {
        RUNNING,
        /** At its in-flight bound: the record {@code waitingFor} holds it. */
        HELD,
        /** A delivery failed; it is handed the records again after a while. */
        BACKING_OFF,
        /** A record failed too often and {@code onExhausted=stop}. */
        EXHAUSTED,
        SUSPENDED
    }
}
