// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camellustre.changelog.reader.RecordedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract point 3: how long a consumer waits after failures. */
class BackOffTest {
    private final LedgerRig rig = new LedgerRig();
    private ConsumerLedger consumer;

    private void failsAndWaits(Duration time) throws Exception {
        LedgerRig.fail(LedgerRig.takeAll(consumer).get(0));
        assertThat(consumer.status().state()).isEqualTo(ConsumerStatus.State.BACKING_OFF);
        rig.pass(time.minusNanos(1));
        assertThat(LedgerRig.takeAll(consumer)).as("before %s", time).isEmpty();
        rig.pass(Duration.ofNanos(1));
    }

    @Test
    void doublesUpToTheLongestAndStartsAnewAfterASuccess() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            failsAndWaits(Duration.ofSeconds(seconds));
        }
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        rig.read(2);
        failsAndWaits(Duration.ofSeconds(1));
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(2L);
    }

    @Test
    void failuresOfOneDeliveryCountOnce() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2);
        var both = LedgerRig.takeAll(consumer);
        LedgerRig.fail(both.get(0));
        rig.pass(Duration.ofMillis(500));
        LedgerRig.fail(both.get(1));
        rig.pass(Duration.ofMillis(499));
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        rig.pass(Duration.ofMillis(1));
        failsAndWaits(Duration.ofSeconds(2));
    }

    @Test
    void theThirdFailureIsOneErrorHoweverMuchFailsWithIt() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 3, 4, 5);
        try (RecordedLog log = new RecordedLog()) {
            for (int seconds : new int[] {1, 2, 4, 8}) {
                for (LedgerRig.Delivered delivery : LedgerRig.takeAll(consumer)) {
                    LedgerRig.fail(delivery);
                }
                rig.pass(Duration.ofSeconds(seconds));
            }
            assertThat(log.lines(Level.ERROR)).singleElement().asString().contains("at index 1 (failure 3 of it)");
            assertThat(log.lines(Level.WARN)).hasSize(3);
        }
    }

    @Test
    void aSuccessOfOnlyAPartDoesNotStartThemAnew() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a").batches(4).options());
        rig.read(1, 2, 3, 4);
        failsAndWaits(Duration.ofSeconds(1));
        List<LedgerRig.Delivered> halves = LedgerRig.takeAll(consumer);
        halves.get(0).token().release();
        LedgerRig.fail(halves.get(1));
        rig.pass(Duration.ofSeconds(1));
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        rig.pass(Duration.ofSeconds(1));
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(3L, 4L);
    }

    @Test
    void theLateFailureOfARevokedTokenCausesNone() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        var revoked = LedgerRig.takeAll(consumer);
        consumer.stop();
        LedgerRig.fail(revoked.get(0));
        rig.join(LedgerRig.consumer("a").options());
        rig.rewind();
        rig.read(1);
        assertThat(consumer.status().failed()).isZero();
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(1L);
    }
}
