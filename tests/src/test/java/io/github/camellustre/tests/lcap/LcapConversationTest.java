// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.lcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.RecordBlock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an old client may say, right or wrong, and the one answer that each request gets. */
class LcapConversationTest {
    private static final String MDT = "lustre-MDT0000";
    private static final String OK = "ack 0";
    private static final String NOTHING_NOW = "ack 1";
    private static final String ENODEV = "ack -19";
    private static final String EINVAL = "ack -22";
    private static final String EPROTO = "ack -71";
    private static final String EALREADY = "ack -114";

    @TempDir
    private static Path folder;

    private static LcapDaemon daemon;

    private LcapPeer peer;

    @BeforeAll
    static void startDaemon() throws IOException {
        daemon = LcapDaemon.start(
                folder, "--source", "simulator:mdts=1,rate=0", "--user", "cl1", "--set", "lustre.mdts=lustre-MDT000*");
    }

    @AfterAll
    static void endDaemon() {
        daemon.close();
    }

    @BeforeEach
    void connect() throws IOException {
        peer = LcapPeer.connect(daemon.port());
    }

    /** The records that a test leaves behind are another one's. */
    @AfterEach
    void leave() throws IOException {
        ask("fini");
        peer.close();
    }

    private String ask(String frames) throws IOException {
        return peer.say("ask " + MDT + " " + frames);
    }

    /** The first records may take a moment. */
    private RecordBlock receive() throws IOException {
        String answer = ask("dequeue");
        while (answer.equals(NOTHING_NOW)) {
            answer = ask("dequeue");
        }
        assertThat(answer).matches(LcapPeer::isBatch);
        RecordBlock batch = RecordBlock.frame(MDT, LcapPeer.records(answer));
        assertThat(batch.count()).isEqualTo(LcapPeer.count(answer));
        return batch;
    }

    private static long last(RecordBlock batch) {
        return batch.index(batch.count() - 1);
    }

    @Test
    void aConversation() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        RecordBlock first = receive();
        assertThat(ask("clear:" + last(first))).isEqualTo(OK);
        RecordBlock second = receive();
        assertThat(second.index(0)).isEqualTo(last(first) + 1);
        assertThat(ask("clear:" + last(second))).isEqualTo(OK);
        assertThat(ask("fini")).isEqualTo(OK);
    }

    @Test
    void whoHasNotStartedIsToldSo() throws IOException {
        assertThat(ask("dequeue")).isEqualTo(EPROTO);
        assertThat(ask("clear:1")).isEqualTo(EPROTO);
        assertThat(ask("fini")).isEqualTo(EPROTO);
    }

    @Test
    void oneConnectionStartsOnce() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        assertThat(ask("start")).isEqualTo(EALREADY);
        try (LcapPeer other = LcapPeer.connect(daemon.port())) {
            assertThat(other.say("ask " + MDT + " dequeue")).isEqualTo(EPROTO);
        }
        assertThat(ask("fini")).isEqualTo(OK);
        assertThat(ask("dequeue")).isEqualTo(EPROTO);
        assertThat(ask("start")).isEqualTo(OK);
    }

    @Test
    void whatStartSaysOfFlagsIndexAndNameIsIgnored() throws IOException {
        assertThat(ask("start:0xf:9000000000000000000:another-MDT0007")).isEqualTo(OK);
        assertThat(receive().index(0)).isLessThan(9_000_000_000_000_000_000L);
    }

    @Test
    void aStartInTwoFramesIsOne() throws IOException {
        assertThat(ask("first:30:start from:30:start")).isEqualTo(OK);
        assertThat(ask("dequeue")).isNotEqualTo(EPROTO);
    }

    @Test
    void whatHasNoBodyOrTooShortAOneIsRefused() throws IOException {
        assertThat(ask("")).isEqualTo(EPROTO);
        assertThat(ask("hex:")).isEqualTo(EPROTO);
        assertThat(ask("first:7:dequeue")).isEqualTo(EPROTO);
        assertThat(ask("first:151:start")).isEqualTo(EINVAL);
        assertThat(ask("start")).isEqualTo(OK);
        assertThat(ask("first:15:clear:1")).isEqualTo(EINVAL);
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        for (String operation : new String[] {"04", "05", "06", "07", "ff"}) {
            assertThat(ask("hex:" + operation + "000000" + "00".repeat(140)))
                    .as("operation " + operation)
                    .isEqualTo(EINVAL);
        }
    }

    /** lcapd never answered: its clients hung. */
    @Test
    void anMdtThatIsNotServedIsUnknown() throws IOException {
        assertThat(peer.say("ask lustre-MDT0042 start")).isEqualTo(ENODEV);
        for (String request : new String[] {"dequeue", "clear:1", "fini"}) {
            assertThat(peer.say("ask lustre-MDT0042 " + request)).as(request).isEqualTo(EPROTO);
        }
    }

    /** lcapd never answered: its clients hung. */
    @Test
    void aClearOfNothingIsAnsweredOnce() throws IOException {
        assertThat(peer.say("burst " + MDT + " start clear:0 clear:-1 clear:1 start fini dequeue"))
                .isEqualTo(String.join(" | ", OK, EPROTO, EINVAL, EPROTO, EALREADY, OK, EPROTO));
    }

    @Test
    void aSecondBatchIsNotGivenBeforeTheFirstIsCleared() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        RecordBlock batch = receive();
        assertThat(ask("dequeue")).isEqualTo(EPROTO);
        assertThat(ask("clear:-1")).isEqualTo(EINVAL);
        assertThat(ask("dequeue")).isEqualTo(EPROTO);
        assertThat(ask("clear:" + last(batch))).isEqualTo(OK);
        assertThat(receive().index(0)).isEqualTo(last(batch) + 1);
    }

    @Test
    void aClearInTheMiddleLeavesTheRestHeld() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        RecordBlock batch = receive();
        assertThat(batch.count()).isGreaterThan(2);
        assertThat(ask("clear:" + batch.index(0))).isEqualTo(OK);
        assertThat(ask("dequeue")).isEqualTo(EPROTO);
        assertThat(ask("fini")).isEqualTo(OK);
        assertThat(ask("start")).isEqualTo(OK);
        assertThat(receive().index(0)).isEqualTo(batch.index(1));
    }

    @Test
    void aClearAtOrBeyondTheLastOrOfZeroIsOfAll() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        long next = receive().index(0);
        for (String index : new String[] {"0", String.valueOf(Long.MAX_VALUE)}) {
            assertThat(ask("clear:" + index)).isEqualTo(OK);
            RecordBlock batch = receive();
            assertThat(batch.index(0)).isGreaterThan(next);
            next = batch.index(0);
        }
        assertThat(ask("bare-clear:0")).isEqualTo(OK);
    }

    /** lcapd lost the batch of a client that left, and crashed at the next one's CLEAR. */
    @Test
    void whoLeavesHandsItsBatchOn() throws IOException {
        assertThat(ask("start")).isEqualTo(OK);
        RecordBlock batch = receive();
        assertThat(ask("fini")).isEqualTo(OK);
        try (LcapPeer other = LcapPeer.connect(daemon.port())) {
            assertThat(other.say("ask " + MDT + " start")).isEqualTo(OK);
            String again = other.say("ask " + MDT + " dequeue");
            assertThat(RecordBlock.frame(MDT, LcapPeer.records(again)).index(0)).isEqualTo(batch.index(0));
            assertThat(other.say("ask " + MDT + " fini")).isEqualTo(OK);
        }
    }
}
