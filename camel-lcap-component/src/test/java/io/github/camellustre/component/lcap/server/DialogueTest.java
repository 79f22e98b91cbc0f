// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.Start;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of return codes in docs/lcap-protocol.md, line by line, over a real socket. */
@Timeout(60)
class DialogueTest {
    private static final byte[] MDT = Envelope.mdtFrame(Testbed.MDT);

    private Testbed bed;
    private Peer peer;

    @BeforeEach
    void start() throws Exception {
        bed = new Testbed();
        peer = bed.peer();
    }

    @AfterEach
    void stop() {
        peer.close();
        bed.close();
    }

    @Test
    void aConversation() throws Exception {
        bed.offer(1, 3);
        assertThat(peer.start(0)).isZero();
        List<ChangelogRecord> records = peer.records();
        assertThat(records).extracting(ChangelogRecord::index).containsExactly(1L, 2L, 3L);
        assertThat(bed.ended()).isZero();
        assertThat(peer.clear(3)).isZero();
        await().until(() -> bed.isDone(1));
        assertThat(peer.dequeue()).isEqualTo(new Answer.Ack(1));
        assertThat(peer.fini()).isZero();
        assertThat(Peer.code(peer.dequeue())).isEqualTo(-71);
    }

    @Test
    void startedAlready() throws Exception {
        assertThat(peer.start(0)).isZero();
        assertThat(peer.start(0)).isEqualTo(-114);
        bed.offer(1, 1);
        assertThat(peer.records()).hasSize(1);
    }

    @Test
    void groupThatIsNotServed() throws Exception {
        assertThat(peer.start(0, new GroupName("other"))).isEqualTo(-2);
    }

    @Test
    void namesThatCannotBe() throws Exception {
        byte[] start = new Start(0, 0, Testbed.MDT, new GroupName("x")).encode();
        start[24 + Testbed.MDT.length() + 1] = '/';
        assertThat(peer.askRaw(MDT, start)).isEqualTo(new Answer.Ack(-22));
        byte[] otherMdt = new Start(0, 0, "fs-MDT0001", new GroupName("x")).encode();
        assertThat(peer.askRaw(MDT, otherMdt)).isEqualTo(new Answer.Ack(-22));
    }

    /** lcapd goes by the envelope, whatever its own clients have there. */
    @Test
    void nameWithoutGroupIsNotLookedAt() throws Exception {
        byte[] otherMdt = new Start(0, 0, "fs-MDT0001", GroupName.DEFAULT).encode();
        assertThat(peer.askRaw(MDT, otherMdt)).isEqualTo(new Answer.Ack(0));
    }

    @Test
    void mdtThatIsNotServed() throws Exception {
        try (Peer other = bed.peer("other-MDT0000")) {
            assertThat(other.start(0)).isEqualTo(-19);
            bed.offer(bed.group, "other-MDT0000", 1, 1);
            // a request may overtake records, which come by another way
            await().until(() -> other.start(0) == 0);
        }
    }

    @Test
    void batchInHand() throws Exception {
        bed.offer(1, 4);
        peer.start(0);
        assertThat(peer.records()).hasSize(4);
        assertThat(peer.dequeue()).isEqualTo(new Answer.Ack(-71));
        assertThat(peer.clear(2)).isZero();
        assertThat(peer.dequeue()).isEqualTo(new Answer.Ack(-71));
        assertThat(peer.clear(-1)).isEqualTo(-22);
        assertThat(peer.clear(0)).isZero();
        assertThat(peer.clear(0)).isEqualTo(-71);
        await().until(() -> bed.isDone(1));
    }

    /** It looks no paths up: a filter on them would leave everything out. */
    @Test
    void aFilterOnPathsIsRefused() throws Exception {
        peer.start(0);
        assertThat(peer.set(new Option.Filter("path=/a"))).isEqualTo(-22);
        assertThat(peer.set(new Option.Filter("type=CREAT"))).isZero();
    }

    @Test
    void clearBeyondTheLast() throws Exception {
        bed.offer(1, 4);
        peer.start(0);
        peer.records();
        assertThat(peer.clear(Long.MAX_VALUE)).isZero();
        await().until(() -> bed.isDone(1));
    }

    @Test
    void lateClearCounts() throws Exception {
        bed.close();
        bed = new Testbed(
                Testbed.settings(GroupName.DEFAULT), new Leases(Duration.ofMillis(50), Duration.ofMillis(50)), null);
        try (Peer slow = bed.peer();
                Peer other = bed.peer()) {
            bed.offer(1, 2);
            slow.start(0);
            other.start(0);
            assertThat(slow.records()).hasSize(2);
            assertThat(other.records()).hasSize(2);
            assertThat(slow.clear(2)).isZero();
            await().until(() -> bed.isDone(1));
            assertThat(other.clear(2)).isZero();
        }
    }

    @Test
    void finiGivesTheBatchBack() throws Exception {
        bed.offer(1, 2);
        peer.start(0);
        assertThat(peer.records()).hasSize(2);
        assertThat(peer.fini()).isZero();
        try (Peer other = bed.peer()) {
            other.start(0);
            assertThat(other.records()).hasSize(2);
            assertThat(other.clear(2)).isZero();
        }
        await().until(() -> bed.isDone(1));
    }

    @Test
    void endOfTheConnectionGivesTheBatchBack() throws Exception {
        bed.offer(1, 2);
        try (Peer dies = bed.peer()) {
            dies.start(0);
            assertThat(dies.records()).hasSize(2);
        }
        peer.start(0);
        assertThat(peer.records()).hasSize(2);
    }

    @Test
    void withoutStart() throws Exception {
        assertThat(Peer.code(peer.dequeue())).isEqualTo(-71);
        assertThat(peer.clear(1)).isEqualTo(-71);
        assertThat(peer.fini()).isEqualTo(-71);
        assertThat(peer.set(new Option.Batch(1))).isEqualTo(-71);
    }

    @Test
    void requestsThatAreNone() throws Exception {
        assertThat(peer.askRaw(MDT)).isEqualTo(new Answer.Ack(-71));
        assertThat(peer.askRaw(MDT, new byte[7])).isEqualTo(new Answer.Ack(-71));
        byte[] start = new Start(0, 0, Testbed.MDT, GroupName.DEFAULT).encode();
        assertThat(peer.askRaw(MDT, Arrays.copyOf(start, 151))).isEqualTo(new Answer.Ack(-22));
        assertThat(peer.askRaw(MDT, Arrays.copyOf(new Request.Clear(1).encode(), 15)))
                .isEqualTo(new Answer.Ack(-22));
        for (byte op : new byte[] {4, 5, 6, 8, -1}) {
            byte[] request = new byte[200];
            request[0] = op;
            assertThat(peer.askRaw(MDT, request)).as("op " + op).isEqualTo(new Answer.Ack(-22));
        }
        assertThat(peer.askRaw(new byte[0])).isEqualTo(new Answer.Ack(-19));
    }

    @Test
    void requestInSeveralFrames() throws Exception {
        byte[] start = new Start(0, 0, Testbed.MDT, GroupName.DEFAULT).encode();
        assertThat(peer.askRaw(
                        new byte[0],
                        MDT,
                        Arrays.copyOf(start, 60),
                        new byte[0],
                        Arrays.copyOfRange(start, 60, start.length)))
                .isEqualTo(new Answer.Ack(0));
    }

    @Test
    void clearWithTheOldClientsTail() throws Exception {
        bed.offer(1, 1);
        peer.start(0);
        peer.records();
        byte[] clear = Arrays.copyOf(new Request.Clear(1).encode(), 20 + 15);
        assertThat(peer.askRaw(MDT, clear)).isEqualTo(new Answer.Ack(0));
    }

    @Test
    void options() throws Exception {
        bed.offer(1, 4);
        peer.start(0);
        assertThat(peer.set(new Option.Batch(3))).isZero();
        assertThat(peer.set(new Option.Lease(Duration.ofSeconds(1)))).isZero();
        assertThat(peer.records()).hasSize(3);
    }

    @Test
    void readerGetsWhatItUnderstands() throws Exception {
        bed.offer(1, 1);
        bed.offer(2, 2);
        peer.start(0);
        peer.set(new Option.Batch(1));
        ChangelogRecord old = peer.records().get(0);
        assertThat(old.hasExtraFlags()).isFalse();
        assertThat(old.jobId()).isEqualTo("cp.0");
        try (Peer ours = bed.peer()) {
            ours.start(Start.EXTRA);
            assertThat(ours.records()).containsExactly(Testbed.record(Testbed.MDT, 2));
        }
    }

    @Test
    void longPollIsAnsweredWhenARecordComes() throws Exception {
        peer.start(Start.LONG_POLL);
        assertThat(peer.dequeue()).isEqualTo(new Answer.Ack(1));
        bed.offer(1, 1);
        assertThat(peer.records()).hasSize(1);
    }
}
