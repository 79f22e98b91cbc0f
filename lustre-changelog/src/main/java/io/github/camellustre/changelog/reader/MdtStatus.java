// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.ack.LedgerStatus;
import java.util.List;
import java.util.OptionalLong;

/**
 * One MDT at one moment.
 *
 * @param problem why it is not healthy, with the remedy; null if it is
 * @param clearProblem why clears are failing or have stopped; null if they are not
 * @param clearRefused true if no clear will be sent before a restart
 * @param complete true if a finite source was delivered and acknowledged to its end, and cleared unless that is refused or
 *     has failed too often
 * @param newest the newest index there is, where the source can tell
 * @param opens how often the changelog was opened
 * @param readErrors how often it could not be opened or read
 */
public record MdtStatus(
        String mdt,
        String user,
        MdtState state,
        String problem,
        String clearProblem,
        boolean clearRefused,
        boolean complete,
        OptionalLong newest,
        long opens,
        long readErrors,
        LedgerStatus ledger,
        List<ConsumerStatus> consumers) {

    /** Records that exist, or were read, and that the slowest consumer has not acknowledged. */
    public long lag() {
        long position =
                consumers.stream().mapToLong(ConsumerStatus::position).min().orElse(0);
        return Math.max(0, newest.orElse(ledger.readIndex()) - position);
    }
}
