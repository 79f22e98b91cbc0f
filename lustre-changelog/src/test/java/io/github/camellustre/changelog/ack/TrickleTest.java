// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Records that are read a few at a time, while their consumers stand at different places. */
class TrickleTest {
    private static final int RECORDS = 150;

    private final LedgerRig rig = new LedgerRig();

    private void read(long first) {
        rig.read(first, first + 1, first + 2);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void whatTrickledInWhileTheSinkWasDownGoesOutInWholeBatches() throws Exception {
        ConsumerLedger consumer =
                rig.single(LedgerRig.consumer("a").batches(100).options());
        read(1);
        LedgerRig.fail(LedgerRig.takeAll(consumer).get(0));
        for (long index = 4; index < RECORDS; index += 3) {
            read(index);
        }
        rig.pass(Duration.ofMinutes(1));
        LedgerRig.succeed(
                List.of(new LedgerRig.Delivered(List.of(), consumer.take(0).batchToken())));
        List<LedgerRig.Delivered> rest = LedgerRig.takeAll(consumer);
        assertThat(rest).hasSizeLessThanOrEqualTo(4);
        LedgerRig.succeed(rest);
        assertThat(consumer.status().position()).isEqualTo(RECORDS);
        assertThat(rig.clear()).isEqualTo(RECORDS);
    }

    @Test
    void whatAnotherConsumerHasOutOfTheSmallBlocksIsStillGood() throws Exception {
        rig.open();
        ConsumerLedger fast = rig.join(LedgerRig.consumer("fast").batches(100).options());
        ConsumerLedger slow = rig.join(
                LedgerRig.consumer("slow").batches(100).types(RecordType.CREAT).options());
        rig.rewind();
        List<LedgerRig.Delivered> out = new ArrayList<>();
        for (long index = 1; index < RECORDS; index += 3) {
            read(index);
            out.addAll(LedgerRig.takeAll(fast));
        }
        assertThat(out).hasSize(RECORDS / 3);
        List<LedgerRig.Delivered> late = LedgerRig.takeAll(slow);
        assertThat(late).hasSize(2);
        assertThat(LedgerRig.indexes(late)).isEqualTo(upTo(RECORDS));
        LedgerRig.succeed(late);
        assertThat(rig.clear()).isZero();
        LedgerRig.fail(out.get(10));
        LedgerRig.succeed(out.subList(0, 10));
        assertThat(rig.clear()).isEqualTo(30);
        LedgerRig.succeed(out.subList(11, out.size()));
        rig.pass(Duration.ofMinutes(1));
        List<LedgerRig.Delivered> again = LedgerRig.takeAll(fast);
        assertThat(LedgerRig.indexes(again)).startsWith(31L).isSorted();
        LedgerRig.succeed(again);
        assertThat(rig.clear()).isEqualTo(RECORDS);
    }
}
