// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Contract point 10: what all MDTs together may keep. */
class MemoryBudgetTest {

    @Test
    void holdsEveryReaderThatHasABlockAlready() throws Exception {
        LedgerRig first = new LedgerRig();
        LedgerRig second = new LedgerRig(first.memory);
        ConsumerLedger consumer = first.single(LedgerRig.consumer("a").options());
        second.single(LedgerRig.consumer("a").options());
        first.read(1);
        first.memory.take(first.memory.totalBytes());
        assertThat(first.ledger.awaitSpace(0)).isFalse();
        assertThat(second.ledger.awaitSpace(0)).as("its first block").isTrue();
        second.read(1);
        assertThat(second.ledger.awaitSpace(0)).isFalse();
        first.memory.release(first.memory.totalBytes());
        assertThat(second.ledger.awaitSpace(0)).isTrue();
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(first.memory.usedBytes())
                .as("of the second")
                .isEqualTo(LedgerRig.block(1).length());
    }
}
