// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract points 4 and 6: a crash between the checkpoint that covers a clear and the MDT's answer to that clear. */
class AfterACrashTest {
    private final LedgerRig rig = new LedgerRig();

    @BeforeEach
    void aClearIsUnderWayWhenTheProcessEnds() throws Exception {
        rig.mark = OptionalLong.of(0);
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 3);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.ledger.checkpoint(true)).isEqualTo(3);
    }

    @Test
    void whereTheMarkIsUnknownItCountsAsClearedAndTheHeartbeatRepeatsIt() throws Exception {
        rig.mark = OptionalLong.empty();
        rig.single(LedgerRig.consumer("a").options());
        assertThat(rig.ledger.status().cleared()).isEqualTo(3);
        assertThat(rig.clear()).as("nothing new").isZero();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.clear()).isEqualTo(3);
    }

    @Test
    void whereTheMarkIsKnownItIsSentAgain() throws Exception {
        rig.single(LedgerRig.consumer("a").options());
        assertThat(rig.ledger.status().cleared()).isZero();
        assertThat(rig.clear()).isEqualTo(3);
    }

    @Test
    void whatTheMdtHasTakenIsNotSentAgain() throws Exception {
        rig.mark = OptionalLong.of(3);
        rig.single(LedgerRig.consumer("a").options());
        assertThat(rig.clear()).isZero();
    }
}
