// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import static io.github.camellustre.lcap.LcapReaderTest.QUICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.wire.ReturnCode;
import io.github.camellustre.lcap.wire.Start;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader waits for until its session begins, and what is an error. */
@Timeout(60)
class LcapReaderStartTest {
    /** As QUICK, but does not wait for an answer for long. */
    private static final Timing IMPATIENT =
            new Timing(Duration.ofMillis(300), QUICK.clear(), QUICK.silence(), QUICK.grace(), QUICK.report());

    /** As QUICK, but waits for an answer as long as it takes. */
    private static final Timing PATIENT =
            new Timing(Duration.ofHours(1), QUICK.clear(), QUICK.silence(), QUICK.grace(), QUICK.report());

    private static final Timing WITHOUT_GRACE =
            new Timing(QUICK.answer(), QUICK.clear(), QUICK.silence(), Duration.ofNanos(1), QUICK.report());

    private final ModelServer server = new ModelServer();

    private LcapReaderBuilder builder() {
        return LcapReader.builder()
                .server(server.uri())
                .mdt(ModelServer.MDT)
                .group("robinhood")
                .timing(QUICK);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aServerThatComesLaterIsWaitedFor() throws Exception {
        server.kill();
        CompletableFuture<ChangelogRecord> first = CompletableFuture.supplyAsync(() -> {
            try (LcapReader reader = builder().timing(IMPATIENT).start()) {
                return reader.receive();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        server.add(1, 1);
        server.comeBack();
        assertThat(first.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
    }

    /** As JeroMQ leaves one connection in twenty: made, and forgotten. */
    @Test
    void aConnectionWithoutAGreetingIsMadeAnew() throws Exception {
        server.kill();
        CompletableFuture<Void> starting;
        try (ServerSocket silent = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(30_000);
            starting = CompletableFuture.runAsync(() -> {
                try {
                    builder().timing(PATIENT).start().close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            try (Socket first = silent.accept();
                    Socket second = silent.accept()) {
                assertThat(first.getInputStream().readAllBytes()).isNotEmpty();
                assertThat(second.isConnected()).isTrue();
            }
        }
        server.comeBack();
        assertThat(starting).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aReaderThatIsGivenUpAtOnceWaitsForNothing() {
        server.kill();
        assertThatThrownBy(() -> builder()
                        .timing(PATIENT)
                        .startTimeout(Duration.ofNanos(1))
                        .start())
                .hasMessageContaining("no session within 0 ms");
        server.comeBack();
    }

    @Test
    void theWaitForAServerMayHaveAnEnd() {
        server.kill();
        LcapReaderBuilder reader = builder().timing(IMPATIENT).startTimeout(Duration.ofMillis(700));
        // on a slow machine the time may be over before the server was asked
        await().untilAsserted(() -> assertThatThrownBy(reader::start)
                .isInstanceOf(LcapException.class)
                .hasMessageStartingWith(server.uri() + ", fs-MDT0000, group robinhood: no session within 700 ms: no"
                        + " answer to START")
                .hasMessageEndingWith("is the server there, and is this its address?"));
        server.comeBack();
    }

    @Test
    void theWaitForAServerCanBeInterrupted() {
        server.kill();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> builder().start()).isInstanceOf(InterruptedException.class);
        server.comeBack();
    }

    @Test
    void anMdtThatTheServerDoesNotHaveYetIsWaitedFor() throws Exception {
        server.startCode = ReturnCode.ENODEV;
        CompletableFuture<LcapReader> started = CompletableFuture.supplyAsync(() -> {
            try {
                return builder().start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> server.count(Start.class) > 1);
        server.startCode = ReturnCode.OK;
        started.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void anMdtThatTheServerNeverHasIsNamed() {
        server.startCode = ReturnCode.ENODEV;
        assertThatThrownBy(() -> builder().startTimeout(Duration.ofSeconds(1)).start())
                .hasMessageContaining(
                        "fs-MDT0000, group robinhood: no session within 1000 ms: the server has no record of this MDT");
    }

    @Test
    void aGroupThatTheServerDoesNotHaveIsFinalAfterAWhile() {
        server.startCode = ReturnCode.ENOENT;
        assertThatThrownBy(() -> builder().timing(WITHOUT_GRACE).start())
                .hasMessageContaining("fs-MDT0000, group robinhood: there is no such group on this server");
        assertThat(server.count(Start.class)).isGreaterThan(1);
    }

    /** However long it was away, or had not the MDT: that it does not have the group counts from its first saying so. */
    @Test
    void aServerThatHasJustComeUpMayNotHaveTheGroupYet() throws Exception {
        server.startCodes.addAll(List.of(ReturnCode.ENODEV, ReturnCode.ENOENT, ReturnCode.ENODEV, ReturnCode.ENOENT));
        builder().timing(WITHOUT_GRACE).start().close();
        assertThat(server.startCodes).isEmpty();
    }

    @Test
    void aServerThatRefusesIsNotAskedAllTheTime() {
        server.startCode = ReturnCode.ENODEV;
        CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> {
            try {
                builder().start().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> server.pauses(Start.class, 2));
        server.startCode = ReturnCode.OK;
        assertThat(starting).succeedsWithin(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"-22, -22 (EINVAL)", "-12, -12"})
    void refusalsThatAreFinal(int code, String text) {
        server.startCode = code;
        assertThatThrownBy(() -> builder().start())
                .hasMessageContaining("fs-MDT0000, group robinhood: the server refuses to begin: " + text);
        assertThat(server.count(Start.class)).isEqualTo(1);
    }
}
