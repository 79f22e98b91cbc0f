// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group whose members come from two MDTs. */
@Timeout(60)
class GroupReleaseTest {
    private final LedgerRig one = new LedgerRig();
    private final LedgerRig other = new LedgerRig();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "group");
        thread.setDaemon(true);
        return thread;
    });
    private ConsumerLedger ofOne;
    private ConsumerLedger ofOther;
    private List<Token> tokensOfOne;
    private List<Token> tokensOfOther;

    @BeforeEach
    void fourRecordsEach() throws Exception {
        ofOne = one.single(LedgerRig.consumer("a").options());
        ofOther = other.single(LedgerRig.consumer("a").options());
        one.read(1, 2, 3, 4);
        other.read(1, 2, 3, 4);
        tokensOfOne = tokens(ofOne);
        tokensOfOther = tokens(ofOther);
    }

    private static List<Token> tokens(ConsumerLedger consumer) throws InterruptedException {
        return LedgerRig.takeAll(consumer).stream()
                .map(LedgerRig.Delivered::token)
                .toList();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void acknowledgesItsMembersOnAllMdts() {
        try (GroupRelease group = new GroupRelease(null)) {
            for (int i = 0; i < 4; i++) {
                group.accept(tokensOfOne.get(i));
                group.accept(tokensOfOther.get(i));
            }
        }
        assertThat(ofOne.status().position()).isEqualTo(4);
        assertThat(ofOther.status().position()).isEqualTo(4);
    }

    @Test
    void failsItsMembersOnAllMdts() {
        try (GroupRelease group = new GroupRelease(new IllegalStateException("sink is down"))) {
            group.accept(tokensOfOne.get(0));
            group.accept(tokensOfOther.get(0));
        }
        assertThat(ofOne.status().failed()).isEqualTo(1);
        assertThat(ofOther.status().failed()).isEqualTo(1);
        assertThat(ofOther.status().position()).isZero();
    }

    @Test
    void holdsOneLedgersLockAtATimeAndNoneAtTheEnd() throws Exception {
        GroupRelease group = new GroupRelease(null);
        group.accept(tokensOfOne.get(0));
        Future<LedgerStatus> blocked = threads.submit(one.ledger::status);
        group.accept(tokensOfOther.get(0));
        assertThat(blocked.get(30, TimeUnit.SECONDS))
                .as("the first lock is free again")
                .isNotNull();
        Future<LedgerStatus> last = threads.submit(other.ledger::status);
        group.close();
        assertThat(last.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    /** Each has the lock that the other wants next: whoever kept the first would wait for ever. */
    @Test
    void groupsThatMeetCrosswiseDoNotLockEachOtherOut() throws Exception {
        CountDownLatch bothHold = new CountDownLatch(2);
        List<Future<?>> groups = new ArrayList<>();
        groups.add(threads.submit(() -> release(tokensOfOne.get(0), bothHold, tokensOfOther.get(0))));
        groups.add(threads.submit(() -> release(tokensOfOther.get(1), bothHold, tokensOfOne.get(1))));
        for (Future<?> group : groups) {
            group.get(30, TimeUnit.SECONDS);
        }
        assertThat(ofOne.status().position()).isEqualTo(2);
        assertThat(ofOther.status().position()).isEqualTo(2);
    }

    private static void release(Token first, CountDownLatch bothHold, Token second) {
        try (GroupRelease group = new GroupRelease(null)) {
            group.accept(first);
            bothHold.countDown();
            bothHold.await();
            group.accept(second);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
