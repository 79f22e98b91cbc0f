// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ack.LedgerRig;
import io.github.camellustre.changelog.ack.OnExhausted;
import io.github.camellustre.changelog.ack.Token;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of an MDT or a sink: its state, log line, counter and text, and that nothing is lost. 300 records. */
@Timeout(400)
class FaultStatesTest {
    private static final List<Long> ALL = FaultRig.range(1, 300);

    private static FaultRig rig(String options) throws Exception {
        return new FaultRig(false, "records=300" + options);
    }

    private static void assertNothingLost(FaultRig rig) {
        rig.awaitComplete();
        assertThat(rig.handler.indexes).isEqualTo(ALL);
        assertThat(rig.source.clears).isSorted().endsWith(300L);
        assertThat(rig.status().problem()).isNull();
        assertThat(rig.status().clearProblem()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "read:EIO@101/, RETRYING, EIO",
        "read:ESHUTDOWN@101/, RETRYING, ESHUTDOWN",
        "read:EACCES@101/, FAILED, run as root",
        "gone@101/, RETRYING, ENODEV",
    })
    void anMdtThatCannotBeReadForAWhile(String fault, MdtState state, String words) throws Exception {
        try (FaultRig rig = rig(",faults=" + fault + FaultRig.OUTAGE)) {
            rig.start();
            rig.awaitState(state);
            assertThat(rig.status().problem()).contains(FaultRig.MDT).contains(words);
            assertThat(rig.status().state().isHealthy()).isFalse();
            assertNothingLost(rig);
            assertThat(rig.status().readErrors()).isPositive();
            assertThat(rig.log.lines(Level.WARN))
                    .filteredOn(line -> line.contains("cannot read") && line.contains(words))
                    .as("one line an outage, not one an attempt")
                    .hasSize(1);
            assertThat(rig.log.lines(Level.INFO)).anyMatch(line -> line.contains("reads again from index 101"));
        }
    }

    @Test
    void aHandleThatHasEnded() throws Exception {
        try (FaultRig rig = rig(",faults=end@101x2")) {
            rig.start();
            assertNothingLost(rig);
            assertThat(rig.status().readErrors()).isEqualTo(2);
            assertThat(rig.status().opens()).isGreaterThan(1);
        }
    }

    @Test
    void aClearThatFailsForAWhile() throws Exception {
        try (FaultRig rig = rig(",faults=clear:EIO@1/" + FaultRig.OUTAGE)) {
            rig.start();
            await().atMost(FaultRig.PATIENCE).until(() -> rig.status().clearProblem() != null);
            assertThat(rig.status().clearProblem()).contains(FaultRig.MDT).contains("EIO");
            assertThat(rig.status().clearRefused()).isFalse();
            assertNothingLost(rig);
            assertThat(rig.status().ledger().clearErrors()).isPositive();
            assertThat(rig.log.lines(Level.WARN))
                    .filteredOn(line -> line.contains("cannot clear"))
                    .hasSize(1);
            assertThat(rig.log.lines(Level.INFO)).anyMatch(line -> line.contains("clears again"));
        }
    }

    /** What is read to its end must come to an end though the MDT takes no clear; the positions are kept. */
    @Test
    void aClearThatAlwaysFails() throws Exception {
        try (FaultRig rig = rig(",faults=clear:EIO@1/60m")) {
            rig.start();
            rig.awaitComplete();
            assertThat(rig.handler.indexes).isEqualTo(ALL);
            assertThat(rig.status().clearProblem()).contains("EIO");
            assertThat(rig.status().ledger().clearErrors()).isGreaterThanOrEqualTo(10);
            assertThat(rig.status().ledger().cleared()).isZero();
            rig.stop();
            assertThat(rig.status().complete())
                    .as("it can be told after the stop, too")
                    .isTrue();
            assertThat(rig.status().clearProblem()).contains("EIO");
        }
    }

    @Test
    void aUserThatIsGone() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=300,users=2,faults=deregister:cl1@200")) {
            rig.start();
            await().atMost(FaultRig.PATIENCE).until(() -> rig.status().clearRefused());
            rig.awaitDelivered(300);
            assertThat(rig.handler.indexes).isEqualTo(ALL);
            assertThat(rig.status().clearProblem()).contains("ENOENT").contains("cl1");
            assertThat(rig.status().ledger().clearErrors()).isEqualTo(1);
            assertThat(rig.log.lines(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("was refused")
                    .contains("ENOENT");
            assertThat(rig.source.mark(FaultRig.MDT, "cl2"))
                    .as("the other user's mark")
                    .hasValue(0);
        }
    }

    @Test
    void aGapIsReportedAndPassed() throws Exception {
        try (FaultRig rig = rig(",faults=gap@101x50")) {
            rig.start();
            rig.awaitComplete();
            assertThat(rig.handler.indexes).hasSize(250).isSorted().doesNotContain(101L, 150L);
            assertThat(rig.source.clears).endsWith(300L);
            assertThat(rig.status().ledger().gaps()).isEqualTo(1);
            assertThat(rig.status().ledger().missing()).isEqualTo(50);
            assertThat(rig.log.lines(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains(FaultRig.MDT)
                    .contains("[101, 151)")
                    .contains("scan the file system");
        }
    }

    @Test
    void aGapStopsTheMdtIfSoWanted() throws Exception {
        try (FaultRig rig = rig(",faults=gap@101x50")) {
            rig.stopOnGap = true;
            rig.start();
            rig.awaitState(MdtState.GAP);
            rig.awaitCleared(100);
            assertThat(rig.status().problem()).contains("[101, 151)");
            assertThat(rig.log.lines(Level.ERROR)).singleElement().asString().contains("onGap=continue");
            rig.stop();
            assertThat(rig.status().state()).isEqualTo(MdtState.GAP);
            assertThat(Collections.max(rig.source.clears)).isEqualTo(100);
        }
    }

    @Test
    void recordsSlightlyOutOfOrderOrRepeated() throws Exception {
        try (FaultRig rig = rig(",faults=late@101x3;repeat@200x20")) {
            rig.start();
            rig.awaitComplete();
            assertThat(rig.handler.indexes).hasSize(300).containsAll(ALL);
            assertThat(rig.source.clears).endsWith(300L);
            assertThat(rig.status().ledger().reordered()).isEqualTo(1);
            assertThat(rig.status().ledger().repeated()).isEqualTo(20);
            assertThat(rig.status().ledger().gaps()).isZero();
        }
    }

    @Test
    void aRecordThatComesAfterItsGapWasClosed() throws Exception {
        try (FaultRig rig = rig(",faults=late@101x180")) {
            rig.start();
            rig.awaitComplete();
            assertThat(rig.handler.indexes).hasSize(300).containsAll(ALL);
            assertThat(rig.source.clears).isSorted().endsWith(300L);
            assertThat(rig.status().ledger().late()).isEqualTo(1);
            assertThat(rig.status().ledger().gaps()).isEqualTo(1);
            assertThat(rig.log.lines(Level.WARN))
                    .anyMatch(line -> line.contains("record 101") && line.contains("delivered late"));
        }
    }

    /** One record that always fails goes to the dead letter; what is behind it comes. */
    @Test
    void aPoisonRecord() throws Exception {
        try (FaultRig rig = rig("")) {
            rig.consumer = LedgerRig.consumer("a")
                    .missing()
                    .redeliveries(0, OnExhausted.DEAD_LETTER)
                    .options();
            rig.handler = failing(101, Integer.MAX_VALUE);
            rig.start();
            rig.awaitComplete();
            assertThat(rig.handler.indexes).hasSize(299).doesNotContain(101L);
            assertThat(rig.source.clears).isSorted().endsWith(300L);
            assertThat(rig.log.lines(Level.WARN)).anyMatch(line -> line.contains("index 101"));
        }
    }

    @Test
    void aSinkThatIsDownForAWhile() throws Exception {
        try (FaultRig rig = rig("")) {
            rig.handler = failing(101, 1);
            rig.start();
            await().atMost(FaultRig.PATIENCE)
                    .until(() -> rig.status().consumers().get(0).failure() != null);
            rig.awaitComplete();
            assertThat(rig.handler.indexes).containsAll(ALL);
            assertThat(rig.handler.indexes.subList(rig.handler.indexes.lastIndexOf(101L), rig.handler.indexes.size()))
                    .isEqualTo(FaultRig.range(101, 300));
            assertThat(rig.source.clears).isSorted().endsWith(300L);
        }
    }

    private static CollectingHandler failing(long index, int times) {
        CountDownLatch failures = new CountDownLatch(times);
        return new CollectingHandler() {
            @Override
            public void onRecord(ChangelogRecord record, Token token) {
                if (record.index() == index && failures.getCount() > 0) {
                    failures.countDown();
                    throw new IllegalStateException("sink is down");
                }
                super.onRecord(record, token);
            }
        };
    }
}
