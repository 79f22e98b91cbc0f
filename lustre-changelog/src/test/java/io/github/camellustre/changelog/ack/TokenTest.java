// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    void tellsWhoWatchesOnceAndBeforeTheLedgerKnows() {
        List<Object> told = new ArrayList<>();
        token.whenDone(failure -> told.add(Optional.ofNullable(failure)));
        token.whenDone(failure -> told.add(consumer.status().position()));
        token.retain();
        token.release();
        assertThat(told).isEmpty();
        token.release();
        assertThat(told).containsExactly(Optional.empty(), 0L);
        assertThat(consumer.status().position()).isEqualTo(1);
        assertThat(token.isFailed()).isFalse();
    }

    @Test
    void tellsWhoWatchesTheFailure() {
        List<Throwable> told = new ArrayList<>();
        token.whenDone(told::add);
        IllegalStateException cause = new IllegalStateException("wanted");
        token.fail(cause);
        token.release();
        assertThat(told).containsExactly(cause);
        assertThat(token.isFailed()).isTrue();
    }

    @Test
    void watcherThatThrowsFailsTheRecord() {
        token.whenDone(failure -> {
            throw new IllegalStateException("the key cannot be written");
        });
        token.release();
        assertThat(consumer.status().position()).isZero();
        assertThat(consumer.status().failure()).contains("the key cannot be written");
    }

    /** A key may be a line in a file: nobody else is to wait for it. */
    @Test
    void groupTellsWhoWatchesOutsideOfTheLock() throws Exception {
        rig.read(2);
        Token second = LedgerRig.takeAll(consumer).get(0).token();
        second.whenDone(failure -> CompletableFuture.runAsync(consumer::status)
                .orTimeout(10, TimeUnit.SECONDS)
                .join());
        try (GroupRelease group = new GroupRelease(null)) {
            group.accept(token);
            group.accept(second);
        }
        assertThat(consumer.status().position()).isEqualTo(2);
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
