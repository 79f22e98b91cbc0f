// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake liblustreapi on the fake devices gives what the real ones gave. */
class FakeLibraryTest extends FakeLustreTestbed {
    @ParameterizedTest
    @CsvSource({
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f00.bin, 0, 0",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f04-jobid.bin, 0x04, 0",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f08-extra-x0.bin, 0x08, 0",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f08-extra-x1-uidgid.bin, 0x08, 1",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f0c-x02-nid.bin, 0x0c, 2",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f0c-x04-omode.bin, 0x0c, 4",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f0c-x08-xattr.bin, 0x0c, 8",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f0c-x0f-all.bin, 0x0c, 0xf",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, zoo/zoo-MDT0000.api-f1c-x0f-all-nidbe.bin, 0x1c, 0xf",
        "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin, ipv6nid/ipv6nid-MDT0000.api-f0c-x02-nid.bin, 0x0c, 2",
        "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin, ipv6nid/ipv6nid-MDT0000.api-f0c-x0f-all.bin, 0x0c, 0xf",
        "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin, ipv6nid/ipv6nid-MDT0000.api-f1c-x0f-all-nidbe.bin, 0x1c, 0xf",
        "big/big-MDT0000.raw-f1e.bin.gz, big/big-MDT0000.api-f0c-x0f.bin.gz, 0x0e, 0xf",
    })
    void givesTheBytesOfTheRealLibrary(Path raw, Path expected, String flags, String extraFlags) throws IOException {
        mdt.load(unpacked(raw));
        Path copy = folder.resolve("copy");
        assertThat(Probe.library(
                        lustre,
                        "copy-to",
                        copy,
                        "start",
                        mdt.name(),
                        flags,
                        0,
                        "xflags",
                        extraFlags,
                        "recv-all",
                        "fini"))
                .contains("start=0", "xflags=0", "recv=1", "fini=0");
        assertThat(copy).hasBinaryContent(capture(expected));
    }

    @Test
    void warnsOnceOfFlagsThatWillBeNeeded() throws IOException {
        assertThat(Probe.library(lustre, "start", mdt.name(), 0, 0, "xflags", 0, "xflags", 0, "fini"))
                .containsExactly(
                        "api-probe: warning: llapi_changelog_start() called without CHANGELOG_FLAG_EXTRA_FLAGS",
                        "api-probe: warning: llapi_changelog_start() called without CHANGELOG_FLAG_JOBID",
                        "start=0",
                        "api-probe: warning: llapi_changelog_set_xflags() called without CHANGELOG_EXTRA_FLAG_UIDGID",
                        "xflags=0",
                        "xflags=0",
                        "fini=0");
    }

    @Test
    void startRefusesWhatTheRealOneRefuses() throws IOException {
        String name = withZoo().name();
        assertThat(Probe.library(lustre, "start", name, 0xc, -5)).containsExactly("start=EINVAL");
        assertThat(Probe.library(lustre, "start", "nosuch", 0xc, 0)).containsExactly("start=ENOENT");
        mdt.openError("EACCES");
        assertThat(Probe.library(lustre, "start", name, 0xc, 0)).containsExactly("start=EACCES");
        assertThat(Probe.library(lustre, "fini", "recv", "xflags", 1))
                .containsExactly("fini=EINVAL", "recv=EINVAL", "xflags=EINVAL");
    }

    @Test
    void theEndIsOneForEver() throws IOException {
        Path file = growing();
        append(file, 1, 2);
        await().until(() -> mdt.users().contains("current_index: 2"));
        String name = mdt.name();
        Object[] steps = {
            "start", name, 0xc, 2, "in-buf", "poll", 0, "recv", "in-buf", "recv", "wait", "recv", "fini", "start", name,
            0xc, 1, "recv", "in-buf"
        };
        try (Probe probe = Probe.onLibrary(lustre, steps)) {
            for (String line :
                    List.of("start=0", "in-buf=0", "poll=INHUP", "recv=98 2", "in-buf=0", "recv=1", "waiting")) {
                assertThat(probe.next()).isEqualTo(line);
            }
            append(file, 3, 3);
            await().until(() -> mdt.users().contains("current_index: 3"));
            probe.goOn();
            assertThat(probe.rest()).containsExactly("recv=1", "fini=0", "start=0", "recv=98 1", "in-buf=1");
        }
    }

    @Test
    void aFollowerWaitsUntilASignalOrARecord() throws IOException {
        Path file = growing();
        try (Probe probe = Probe.onLibrary(lustre, "start", mdt.name(), 0xd, 0, "alarm", 50, "recv", "wait", "recv")) {
            assertThat(List.of(probe.next(), probe.next(), probe.next()))
                    .containsExactly("start=0", "recv=EINTR", "waiting");
            append(file, 1, 1);
            probe.goOn();
            assertThat(probe.next()).isEqualTo("recv=98 1");
        }
    }

    @Test
    void aUsersFilterGivesTheTypesOfBothMasks() throws IOException {
        String name = withZoo().register("robin", "RENME,MKDIR").name();
        int renameAndCreate = 1 << 8 | 1 << 1;
        List<String> renames = Probe.library(lustre, "start-user", name, "cl2-robin", renameAndCreate, "recv-all");
        assertThat(renames).hasSize(1 + 66 + 1).startsWith("start-user=0").endsWith("recv=1");
        List<String> both = Probe.library(lustre, "start-user", name, "cl2-robin", 0, "recv-all");
        assertThat(both).hasSize(1 + 66 + 30 + 1);
        assertThat(Probe.library(lustre, "start-user", name, "cl1", 0)).containsExactly("start-user=ENOENT");
        assertThat(Probe.library(lustre, "start-user", name, "cl9", 0)).containsExactly("start-user=ENOENT");
    }

    @ParameterizedTest
    @CsvSource({
        "cl1, 101, 0, ''",
        "cl1-anything, 101, 0, ''",
        "cl1, 0, 0, ''",
        "cl1, -1, EINVAL, can't purge negative records",
        "cl1, 99, EINVAL, cannot purge records for 'cl1': Invalid argument (22)",
        "cl1, 1216, EINVAL, cannot purge records for 'cl1': Invalid argument (22)",
        "cl77, 0, ENOENT, cannot purge records for 'cl77': No such file or directory (2)",
        "robin, 0, EINVAL, cannot purge records for 'robin': Invalid argument (22)",
        "'', 0, EINVAL, cannot purge records for '': Invalid argument (22)",
    })
    void clearsAsTheRealOne(String user, long index, String answer, String message) throws IOException {
        String name = withZoo().name();
        List<String> lines = Probe.library(lustre, "clear", name, "cl1", 100, "clear", name, user, index);
        assertThat(lines).startsWith("clear=0").endsWith("clear=" + answer);
        assertThat(lines.subList(1, lines.size() - 1))
                .isEqualTo(message.isEmpty() ? List.of() : List.of("api-probe: " + message));
    }

    @Test
    void aClearOfAnMdtThatIsNotThereIsENOENT() throws IOException {
        assertThat(Probe.library(lustre, "clear", "nosuch", "cl1", 0))
                .containsExactly(
                        "api-probe: cannot open '" + lustre.device("nosuch") + "': No such file or directory (2)",
                        "clear=ENOENT");
    }

    @Test
    void errorsOfTheDeviceComeThrough() throws IOException {
        try (Probe probe = Probe.onLibrary(lustre, "start", mdt.name(), 0xd, 0, "wait", "recv", "poll", 0, "recv")) {
            assertThat(List.of(probe.next(), probe.next())).last().isEqualTo("waiting");
            mdt.breakHandles("EIO");
            probe.goOn();
            assertThat(probe.rest()).containsExactly("recv=EIO", "poll=ERR", "recv=EIO");
        }
    }
}
