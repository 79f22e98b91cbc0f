// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading: the fake device answers as a real one was seen to, with the same captures in its log. */
class FakeDeviceTest extends FakeLustreTestbed {
    @ParameterizedTest
    @CsvSource({
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, 0x10, 4096, zoo/zoo-MDT0000.raw-f1e-as-lfs.bin",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, 0x10, 687, zoo/zoo-MDT0000.raw-f1e-as-lfs.bin",
        "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin, 0, 4096, zoo/zoo-MDT0000.raw-noioctl.bin",
        "zoo/zoo-MDT0000.raw-noioctl.bin, 0x1e, 1000, zoo/zoo-MDT0000.raw-f1e-as-lfs.bin",
        "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin, 0x10, 4096, ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin",
        "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin, 0, 4096, ipv6nid/ipv6nid-MDT0000.raw-noioctl.bin",
        "big/big-MDT0000.raw-f1e.bin.gz, 0x10, 1048576, big/big-MDT0000.raw-f1e.bin.gz",
        "big/big-MDT0000.raw-f1e.bin.gz, 0, 65536, big/big-MDT0000.raw-noioctl.bin.gz",
    })
    void givesTheBytesOfARealDevice(Path log, String flags, int size, Path expected) throws IOException {
        mdt.load(unpacked(log));
        Path copy = folder.resolve("copy");
        // The follow flag would wait at the end.
        long nidForm = Long.decode(flags) & 0x10;
        List<String> lines = Probe.device(mdt, "copy-to", copy, "open", "flags", nidForm, "read-all", size);
        assertThat(lines).containsExactly("open=0", "flags=0", "read=0");
        assertThat(copy).hasBinaryContent(capture(expected));
    }

    @Test
    void javaReadsIt() throws IOException {
        withZoo();
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel device = FileChannel.open(mdt.device(), StandardOpenOption.READ)) {
            device.position(1200);
            int reads = 0;
            while (device.read(bytes) > 0) {
                reads++;
            }
            assertThat(reads).isPositive();
        }
        byte[] zoo = capture(Path.of("zoo", "zoo-MDT0000.raw-noioctl.bin"));
        byte[] read = new byte[bytes.flip().remaining()];
        bytes.get(read);
        assertThat(zoo).endsWith(read);
        assertThat(read[8] & 0xff | (read[9] & 0xff) << 8).isEqualTo(1200);
    }

    @Test
    void aReadGivesWholeRecordsOnlyAndNothingIfTheNextDoesNotFit() throws IOException {
        withZoo();
        assertThat(Probe.device(mdt, "open", "read", 64, "read", 155, "read", 155, "read", 200, "read", 0))
                .containsExactly("open=0", "read=0", "read=1/148 1..1", "read=1/147 2..2", "read=1/144 3..3", "read=0");
    }

    @Test
    void aReadGivesNoMoreThanWasLoadedAhead() throws IOException {
        withZoo();
        assertThat(Probe.device(mdt, "open", "read", 1 << 20, "read", 1 << 20, "read", 1 << 20))
                .containsExactly("open=0", "read=1024/178096 1..1024", "read=191/28500 1025..1215", "read=0");
        mdt.prefetch(1);
        assertThat(Probe.device(mdt, "open", "read", 4096, "read", 4096))
                .containsExactly("open=0", "read=1/148 1..1", "read=1/147 2..2");
    }

    @Test
    void thePositionOfTheFirstReadIsARecordNumber() throws IOException {
        withZoo();
        assertThat(Probe.device(mdt, "open", "seek", 1215, "read", 4096, "read", 4096))
                .containsExactly("open=0", "seek=1215", "read=1/144 1215..1215", "read=0");
        assertThat(Probe.device(mdt, "open", "seek", 999999, "read", 4096))
                .containsExactly("open=0", "seek=999999", "read=0");
        assertThat(Probe.device(mdt, "open", "seek", -5)).containsExactly("open=0", "seek=EINVAL");
        assertThat(Probe.device(mdt, "open", "read", 4096, "seek", 1, "read", 4096))
                .last()
                .isEqualTo("read=EINVAL");
    }

    @Test
    void aSeekForwardSkipsWhatIsLoaded() throws IOException {
        mdt.load(unpacked(Path.of("big", "big-MDT0000.raw-f1e.bin.gz")));
        assertThat(Probe.device(mdt, "open", "seek", 1263, "read", 200, "seek", 5000, "read", 200))
                .last()
                .asString()
                .endsWith(" 5000..5000");
    }

    @Test
    void theEndIsTheEndUntilTheDeviceIsOpenedAgain() throws IOException {
        Path file = growing();
        append(file, 1, 2);
        await().until(() -> mdt.users().contains("current_index: 2"));
        try (Probe probe =
                Probe.onDevice(mdt, "open", "read", 4096, "read", 4096, "wait", "read", 4096, "open", "read", 64_000)) {
            assertThat(List.of(probe.next(), probe.next(), probe.next(), probe.next()))
                    .containsExactly("open=0", "read=2/196 1..2", "read=0", "waiting");
            append(file, 3, 3);
            await().until(() -> mdt.users().contains("current_index: 3"));
            probe.goOn();
            assertThat(probe.rest()).containsExactly("read=0", "open=0", "read=3/294 1..3");
        }
    }

    @Test
    void aFollowingReadWaitsForTheNextRecord() throws IOException {
        Path file = growing();
        try (Probe probe = Probe.onDevice(mdt, "open", "flags", 1, "seek", 2, "wait", "read", 4096, "read", 4096)) {
            for (int i = 0; i < 4; i++) {
                probe.next();
            }
            probe.goOn();
            // Below the position: skipped without a sign.
            append(file, 1, 1);
            append(file, 2, 2);
            assertThat(probe.next()).isEqualTo("read=1/98 2..2");
            append(file, 3, 3);
            assertThat(probe.next()).isEqualTo("read=1/98 3..3");
        }
    }

    @Test
    void aFileThatIsNotEmptyWakesWhoWaits() throws IOException {
        Path file = folder.resolve(mdt.name() + ".bin");
        Files.createFile(file);
        append(file, 1, 1);
        mdt.register();
        try (Probe probe = Probe.onDevice(mdt, "open", "flags", 1, "poll", 0, "poll", 60_000)) {
            assertThat(List.of(probe.next(), probe.next(), probe.next())).last().isEqualTo("poll=");
            mdt.follow(file);
            assertThat(probe.next()).isEqualTo("poll=IN");
        }
    }

    @Test
    void aSignalEndsTheWaitAndTheHandleGoesOn() throws IOException {
        Path file = growing();
        try (Probe probe = Probe.onDevice(mdt, "open", "flags", 1, "alarm", 50, "read", 4096, "wait", "read", 4096)) {
            assertThat(List.of(probe.next(), probe.next(), probe.next(), probe.next()))
                    .containsExactly("open=0", "flags=0", "read=EINTR", "waiting");
            append(file, 1, 1);
            probe.goOn();
            assertThat(probe.next()).isEqualTo("read=1/98 1..1");
        }
    }

    @Test
    void pollTellsRecordsLastRecordsAndTheEnd() throws IOException {
        mdt.load(unpacked(Path.of("big", "big-MDT0000.raw-f1e.bin.gz")));
        assertThat(Probe.device(mdt, "open", "poll", 0)).containsExactly("open=0", "poll=IN");
        assertThat(Probe.device(
                        mdt, "open", "seek", 38080, "poll", 0, "read", 4096, "poll", 0, "read", 4096, "poll", 0))
                .element(2)
                .isEqualTo("poll=INHUP");
        assertThat(Probe.device(mdt, "open", "seek", 38081, "poll", 0, "read", 4096, "poll", 0))
                .containsExactly("open=0", "seek=38081", "poll=HUP", "read=0", "poll=HUP");
    }

    @Test
    void pollOfAFollowerWaitsForTheNextRecord() throws IOException {
        Path file = growing();
        append(file, 1, 1);
        await().until(() -> mdt.users().contains("current_index: 1"));
        Object[] steps = {"open", "flags", 1, "seek", 2, "poll", 0, "wait", "poll", 60_000, "read", 4096, "poll", 0};
        try (Probe probe = Probe.onDevice(mdt, steps)) {
            assertThat(List.of(probe.next(), probe.next(), probe.next(), probe.next(), probe.next()))
                    .containsExactly("open=0", "flags=0", "seek=2", "poll=", "waiting");
            probe.goOn();
            append(file, 2, 2);
            assertThat(probe.rest()).containsExactly("poll=IN", "read=1/98 2..2", "poll=");
        }
    }

    @Test
    void withoutAPollANonblockingReadNeverGetsAnything() throws IOException {
        withZoo();
        Object[] steps = {
            "open-nonblocking", "seek", 1215, "read", 4096, "read", 4096, "poll", 0, "read", 4096, "read", 4096
        };
        assertThat(Probe.device(mdt, steps))
                .containsExactly(
                        "open=0",
                        "seek=1215",
                        "read=EAGAIN",
                        "read=EAGAIN",
                        "poll=INHUP",
                        "read=1/144 1215..1215",
                        "read=0");
        assertThat(Probe.device(
                        mdt,
                        "open-nonblocking",
                        "flags",
                        1,
                        "seek",
                        1215,
                        "poll",
                        0,
                        "read",
                        4096,
                        "poll",
                        0,
                        "read",
                        4096))
                .containsExactly(
                        "open=0", "flags=0", "seek=1215", "poll=IN", "read=1/144 1215..1215", "poll=", "read=EAGAIN");
    }

    @Test
    void manyReadersAreIndependent() throws IOException {
        withZoo();
        try (Probe first = Probe.onDevice(mdt, "open", "read", 155, "wait", "read", 155);
                Probe second = Probe.onDevice(mdt, "open", "seek", 1000, "read", 200, "wait", "read", 155)) {
            assertThat(List.of(first.next(), first.next())).containsExactly("open=0", "read=1/148 1..1");
            assertThat(List.of(second.next(), second.next(), second.next()))
                    .last()
                    .asString()
                    .endsWith(" 1000..1000");
            first.goOn();
            assertThat(first.rest()).containsExactly("waiting", "read=1/147 2..2");
        }
    }

    @Test
    void otherRequestsAndUnknownDevicesAreRefused() throws IOException {
        assertThat(Probe.device(mdt, "open", "ioctl", 0)).containsExactly("open=0", "ioctl=EINVAL");
        assertThat(Files.exists(lustre.devices().resolve("changelog-nosuch"))).isFalse();
        mdt.openError("EACCES");
        assertThat(Probe.device(mdt, "open")).containsExactly("open=EACCES");
    }

    @Test
    void aLateOrRepeatedRecordOfTheFileComesAsItIs() throws IOException {
        Path file = growing();
        append(file, 1, 3);
        append(file, 2, 2);
        append(file, 7, 7);
        await().until(() -> mdt.users().contains("current_index: 7"));
        mdt.prefetch(1);
        assertThat(Probe.device(mdt, "open", "seek", 2, "read-all", 4096))
                .contains("read=1/98 2..2", "read=1/98 3..3", "read=1/98 7..7")
                .filteredOn(line -> line.endsWith("2..2"))
                .hasSize(2);
    }

    @Test
    void aHalfWrittenRecordWaitsForItsOtherHalf() throws IOException {
        Path file = growing();
        mdt.mask("ALL");
        byte[] zoo = capture(ZOO);
        Files.write(file, Arrays.copyOf(zoo, 200), StandardOpenOption.APPEND);
        await().until(() -> mdt.users().contains("current_index: 1\n"));
        Files.write(file, Arrays.copyOfRange(zoo, 200, 295), StandardOpenOption.APPEND);
        await().until(() -> mdt.users().contains("current_index: 2\n"));
        assertThat(Probe.device(mdt, "open", "read", 4096)).contains("read=2/295 1..2");
    }

    @Test
    void anUnknownTypeIsWritten() throws IOException {
        Path file = growing();
        append(file, RecordType.of(99), 1);
        await().until(() -> mdt.users().contains("current_index: 1"));
    }
}
