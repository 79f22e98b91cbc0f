// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.component.lcap.group.SharingOptions;
import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How groups end: what readers still get, and what is given up. */
class StopTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private static GroupSettings lingering(Duration linger) {
        return new GroupSettings(GroupName.DEFAULT, "fs-MDT*", false, SharingOptions.DEFAULT, linger);
    }

    private static Testbed bed(Duration linger) throws Exception {
        return new Testbed(lingering(linger), Leases.DEFAULT, null);
    }

    private static CompletableFuture<Boolean> release(GroupUse use) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return use.release();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void groupWithoutReadersGivesUpAtOnce() throws Exception {
        try (Testbed bed = bed(FOR_EVER)) {
            bed.offer(1, 3);
            bed.group.prepareStop();
            await().until(() -> bed.failure(1) != null);
            bed.offer(4, 5);
            await().until(() -> bed.failure(4) != null);
        }
    }

    @Test
    void readerStillGetsWhatThereIs() throws Exception {
        try (Testbed bed = bed(FOR_EVER);
                Peer peer = bed.peer()) {
            peer.start(0);
            bed.offer(1, 3);
            bed.group.prepareStop();
            assertThat(peer.records()).hasSize(3);
            assertThat(peer.clear(0)).isZero();
            await().until(() -> bed.isDone(1));
            CompletableFuture<Boolean> released = release(bed.group);
            assertThat(peer.dequeue()).isEqualTo(new Answer.Ack(1));
            assertThat(released).isNotDone();
            assertThat(peer.fini()).isZero();
            assertThat(released.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theLastReaderGoesWithItsBatch() throws Exception {
        try (Testbed bed = bed(FOR_EVER);
                Peer peer = bed.peer()) {
            peer.start(0);
            bed.offer(1, 3);
            peer.records();
            bed.group.prepareStop();
            assertThat(peer.fini()).isZero();
            await().until(() -> bed.failure(1) != null);
        }
    }

    @Test
    void aFollowerDoesNotKeepTheServer() throws Exception {
        try (Testbed bed = bed(Duration.ofSeconds(1));
                Peer follower = bed.peer()) {
            follower.start(0);
            CompletableFuture<Boolean> released = release(bed.group);
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                Answer answer = follower.dequeue();
                if (Peer.code(answer) == -71) {
                    follower.start(0);
                }
                return released.isDone();
            });
        }
    }

    @Test
    void whatIsInHandAtTheEndIsGivenUp() throws Exception {
        try (Testbed bed = bed(FOR_EVER);
                Peer peer = bed.peer()) {
            peer.start(0);
            bed.offer(1, 3);
            peer.records();
            assertThat(release(bed.group).get(30, TimeUnit.SECONDS)).isTrue();
            await().until(() -> bed.failure(1) != null);
            assertThat(bed.failure(1)).hasMessageContaining("before a reader acknowledged");
            assertThat(Peer.code(peer.dequeue())).isEqualTo(-71);
        }
    }

    @Test
    void aWaitingReaderIsAnsweredWhenItsGroupEnds() throws Exception {
        try (Testbed bed = bed(Duration.ZERO);
                Peer peer = bed.peer()) {
            peer.start(Start.LONG_POLL);
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return peer.dequeue();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            release(bed.group).get(30, TimeUnit.SECONDS);
            assertThat(Peer.code(answer.get(30, TimeUnit.SECONDS))).isIn(1, -71);
        }
    }

    @Test
    void othersOfTheGroupGoOn() throws Exception {
        try (Testbed bed = bed(FOR_EVER);
                Peer peer = bed.peer()) {
            GroupUse second = bed.server.attach(lingering(FOR_EVER));
            bed.offer(second, Testbed.MDT, 1, 1);
            assertThat(bed.group.release()).isFalse();
            peer.start(0);
            assertThat(peer.records()).hasSize(1);
            assertThat(peer.clear(1)).isZero();
            await().until(() -> bed.isDone(1));
        }
    }

    @Test
    void aGroupBeginsAnewWhileItsReadersSayGoodbye() throws Exception {
        try (Testbed bed = bed(FOR_EVER);
                Peer peer = bed.peer()) {
            peer.start(0);
            CompletableFuture<Boolean> released = release(bed.group);
            await().until(() ->
                    bed.server.call(() -> bed.server.group(GroupName.DEFAULT).isStopping()));
            GroupUse again = bed.server.attach(lingering(FOR_EVER));
            released.get(30, TimeUnit.SECONDS);
            assertThat(Peer.code(peer.dequeue())).isEqualTo(-71);
            bed.offer(again, Testbed.MDT, 1, 1);
            peer.start(0);
            assertThat(peer.records()).hasSize(1);
        }
    }

    @Test
    void otherSettingsAreRefused() throws Exception {
        try (Testbed bed = bed(FOR_EVER)) {
            assertThatThrownBy(() -> bed.server.attach(lingering(Duration.ZERO)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("other options");
        }
    }

    @Test
    void anOfferToAServerThatHasStoppedFails() throws Exception {
        Testbed bed = bed(FOR_EVER);
        bed.server.close();
        bed.offer(1, 1);
        await().until(() -> bed.failure(1) != null);
        bed.close();
    }

    @Test
    void noOfferIsLeftBehindWhenTheServerEnds() throws Exception {
        Testbed bed = bed(FOR_EVER);
        AtomicLong offered = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        Thread offering = new Thread(() -> {
            while (!enough.get()) {
                long index = offered.incrementAndGet();
                bed.offer(index, index);
            }
        });
        offering.start();
        await().until(() -> offered.get() > 100);
        bed.server.close();
        enough.set(true);
        offering.join();
        await().until(() -> bed.ended() == offered.get());
        bed.close();
    }

    @Test
    void aServerThatHasStoppedSaysSoAtOnce() throws Exception {
        Testbed bed = bed(FOR_EVER);
        bed.server.close();
        assertThatThrownBy(bed.group::release).isInstanceOf(IOException.class).hasMessageContaining("has stopped");
        bed.close();
    }
}
