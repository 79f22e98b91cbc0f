// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenTest {
    private final LedgerRig rig = new LedgerRig();
    private ConsumerLedger consumer;
    private Token token;

    @BeforeEach
    void oneRecord() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        token = LedgerRig.takeAll(consumer).get(0).token();
    }

    @Test
    void countsHoldersAndAcknowledgesAtZeroOnly() {
        assertThat(token.retain()).isTrue();
        token.release();
        assertThat(consumer.status().position()).isZero();
        token.release();
        assertThat(token.isDone()).isTrue();
        assertThat(consumer.status().position()).isEqualTo(1);
    }

    @Test
    void refusesToBeRetainedAtZero() {
        token.release();
        assertThat(token.retain()).isFalse();
        assertThat(token.retainInGroup()).isFalse();
        assertThatThrownBy(token::release).isInstanceOf(IllegalStateException.class);
        assertThat(token.retain()).isFalse();
        assertThat(consumer.status().outstanding()).isZero();
    }

    @Test
    void oneFailureOutweighsAnySuccess() {
        token.retain();
        token.fail(new IllegalStateException("first"));
        token.fail(new IllegalStateException("second"));
        token.release();
        token.release();
        assertThat(consumer.status().position()).isZero();
        assertThat(consumer.status().failure()).contains("first");
    }

    @Test
    void onlyGroupsHoldItWhenTheExchangeIsDone() {
        consumer.suspend();
        assertThat(consumer.isHeldByGroupsOnly()).isFalse();
        token.retainInGroup();
        assertThat(consumer.isHeldByGroupsOnly()).isFalse();
        token.release();
        assertThat(consumer.isHeldByGroupsOnly()).isTrue();
        token.leaveGroup();
        assertThat(consumer.isHeldByGroupsOnly()).isFalse();
        token.release();
        assertThat(consumer.status().position()).isEqualTo(1);
    }

    @Test
    void isNotReleasedFromAGroupThatDoesNotHoldIt() {
        assertThatThrownBy(token::releaseFromGroup).isInstanceOf(IllegalStateException.class);
        assertThat(token.isDone()).isFalse();
    }

    @Test
    void severalGroupsAndHoldersAreToldApart() {
        consumer.suspend();
        assertThat(token.retainInGroup()).isTrue();
        assertThat(token.retainInGroup()).isTrue();
        token.release();
        assertThat(consumer.isHeldByGroupsOnly()).isTrue();
        assertThat(token.retain()).isTrue();
        assertThat(consumer.isHeldByGroupsOnly()).isFalse();
        token.release();
        assertThat(consumer.isHeldByGroupsOnly()).isTrue();
        token.releaseFromGroup();
        assertThat(consumer.isHeldByGroupsOnly()).isTrue();
        token.releaseFromGroup();
        assertThat(consumer.isHeldByGroupsOnly()).isFalse();
        assertThat(consumer.status().position()).isEqualTo(1);
        assertThat(token.mdt()).isEqualTo(LedgerRig.MDT);
        assertThat(token.consumer()).isEqualTo("a");
    }
}
