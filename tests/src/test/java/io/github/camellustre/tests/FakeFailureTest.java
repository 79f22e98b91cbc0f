// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees while its MDT or its file system goes away. */
class FakeFailureTest extends FakeLustreTestbed {
    @ParameterizedTest
    @ValueSource(strings = {"EIO", "ENODEV", "ESHUTDOWN"})
    void aBrokenHandleStaysBrokenAndANewOneWorks(String errno) throws IOException {
        withZoo();
        Object[] steps = {
            "open", "flags", 1, "seek", 1215, "read", 4096, "wait", "poll", 0, "read", 4096, "read", 4096, "open",
            "seek", 1215, "read", 4096
        };
        try (Probe probe = Probe.onDevice(mdt, steps)) {
            awaitWaiting(probe);
            mdt.breakHandles(errno);
            probe.goOn();
            assertThat(probe.rest())
                    .containsExactly(
                            "poll=ERR",
                            "read=" + errno,
                            "read=" + errno,
                            "open=0",
                            "seek=1215",
                            "read=1/144 1215..1215");
        }
    }

    @Test
    void whoWaitsLearnsOfTheBreak() throws IOException {
        try (Probe reading = Probe.onDevice(mdt, "open", "flags", 1, "wait", "read", 4096);
                Probe polling = Probe.onDevice(mdt, "open", "flags", 1, "poll", 0, "wait", "poll", 60_000)) {
            awaitWaiting(reading);
            awaitWaiting(polling);
            reading.goOn();
            polling.goOn();
            mdt.breakHandles("EIO");
            assertThat(reading.next()).isEqualTo("read=EIO");
            assertThat(polling.next()).isEqualTo("poll=ERR");
        }
    }

    @Test
    void duringAnOutageHandlesGiveWhatTheyHaveThenWait() throws IOException {
        Path file = growing();
        append(file, 1, 1100);
        await().until(() -> mdt.users().contains("current_index: 1100"));
        Object[] steps = {"open", "flags", 1, "read", 100, "wait", "read", 1 << 20, "poll", 0, "read", 1 << 20};
        try (Probe probe = Probe.onDevice(mdt, steps)) {
            awaitWaiting(probe);
            mdt.outage();
            probe.goOn();
            assertThat(List.of(probe.next(), probe.next())).last().isEqualTo("poll=");
            mdt.recover();
            assertThat(probe.next()).endsWith("..1100");
        }
    }

    @Test
    void duringAnOutageOpensWorkReadsWaitAndASignalEndsTheWait() throws IOException {
        withZoo().outage();
        try (Probe probe = Probe.onDevice(mdt, "open", "alarm", 50, "read", 155, "wait", "read", 155)) {
            assertThat(List.of(probe.next(), probe.next(), probe.next()))
                    .containsExactly("open=0", "read=EINTR", "waiting");
            mdt.recover();
            probe.goOn();
            assertThat(probe.next()).isEqualTo("read=1/148 1..1");
        }
    }

    @Test
    void aClearWaitsForTheMdt() throws IOException {
        withZoo().outage();
        try (Probe probe = Probe.onDevice(
                mdt, "open-to-write", "alarm", 50, "write", "clear:cl1:3", "wait", "write", "clear:cl1:4")) {
            assertThat(List.of(probe.next(), probe.next(), probe.next()))
                    .containsExactly("open=0", "write=EINTR", "waiting");
            probe.goOn();
            assertThat(mdt.users()).contains("cl1                               0 ");
            mdt.recover();
            assertThat(probe.next()).isEqualTo("write=12");
        }
        assertThat(mdt.users()).contains("cl1                               4 ");
    }

    @Test
    void anUnmountedClientHasNoDeviceAndItsHandlesAreShutDown() throws IOException {
        withZoo();
        Object[] steps = {"open", "flags", 1, "seek", 1215, "read", 4096, "wait", "read", 4096, "read", 4096, "open"};
        try (Probe probe = Probe.onDevice(mdt, steps)) {
            awaitWaiting(probe);
            mdt.unmount();
            assertThat(Files.exists(mdt.device())).isFalse();
            probe.goOn();
            assertThat(probe.rest()).containsExactly("read=ESHUTDOWN", "read=ESHUTDOWN", "open=ENOENT");
        }
        mdt.mount();
        assertThat(Files.exists(mdt.device())).isTrue();
    }

    @Test
    void theFirstReadAfterAnUnmountHangs() throws IOException {
        withZoo();
        try (Probe probe = Probe.onDevice(mdt, "open", "wait", "alarm", 200, "read", 4096)) {
            awaitWaiting(probe);
            mdt.unmount();
            probe.goOn();
            // The real one would not even listen to the signal.
            assertThat(probe.next()).isEqualTo("read=EINTR");
        }
    }

    @Test
    void aClearMayFailForAWhile() throws IOException {
        withZoo().clearError("EINPROGRESS");
        assertThat(Probe.device(mdt, "open-to-write", "write", "clear:cl1:1"))
                .last()
                .isEqualTo("write=EINPROGRESS");
        mdt.clearError("OK");
        assertThat(Probe.device(mdt, "open-to-write", "write", "clear:cl1:1"))
                .last()
                .isEqualTo("write=12");
    }

    private static void awaitWaiting(Probe probe) throws IOException {
        for (String line = probe.next(); !"waiting".equals(line); line = probe.next()) {
            assertThat(line).isNotNull();
        }
    }
}
