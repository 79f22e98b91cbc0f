// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading a Lustre client's changelogs: the end, waiting for more, and whatever an mdt.name() or an unmount does to it. */
class LiveSourceTest extends FakeLustreTestbed {
    private static final int ALL = (int) LAST;

    /** The mdt.name() with records up to one, and the file that makes more of them happen. */
    private Path grownTo(long index) throws IOException {
        Path file = growing();
        append(file, 1, index);
        return file;
    }

    private void awaitIndex(ChangelogSource source, long index) {
        await().until(() -> {
            List<ChangelogRecord> records = Door.toEnd(source, mdt.name(), 0);
            return !records.isEmpty() && records.get(records.size() - 1).index() == index;
        });
    }

    private static SourceException failure(ChangelogStream stream) {
        return await().until(
                        () -> {
                            try {
                                stream.read(ALL, 1 << 20);
                                return null;
                            } catch (SourceException e) {
                                return e;
                            }
                        },
                        e -> e != null);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameRecordsWhateverTheSizeOfAReadIs(Door door) throws Exception {
        withZoo();
        try (ChangelogSource source = door.open(lustre)) {
            List<ChangelogRecord> expected = Door.toEnd(source, mdt.name(), 0);
            assertThat(expected).hasSize(ALL);
            for (int loaded : new int[] {1, 7, 1024}) {
                mdt.prefetch(loaded);
                for (int maxBytes : new int[] {1, 150, 700, 4096, 65_536, 1 << 21}) {
                    for (int maxRecords : new int[] {1, 100, ALL}) {
                        try (ChangelogStream stream = source.open(mdt.name(), 0)) {
                            assertThat(Door.toEnd(stream, maxRecords, maxBytes)).isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadKeepsItsLimits(Door door) throws Exception {
        withZoo();
        try (ChangelogSource source = door.open(lustre);
                ChangelogStream stream = source.open(mdt.name(), 0)) {
            await().until(() -> stream.await(Duration.ofMillis(100)));
            assertThat(stream.read(3, 1 << 20).count()).isEqualTo(3);
            RecordBlock small = stream.read(1000, 4096);
            assertThat(small.length()).isBetween(1, 4096);
            assertThat(small.index(0)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsAtTheIndexThatIsAskedFor(Door door) throws Exception {
        withZoo();
        try (ChangelogSource source = door.open(lustre)) {
            assertThat(Door.toEnd(source, mdt.name(), 1000).get(0).index()).isEqualTo(1000);
            assertThat(Door.toEnd(source, mdt.name(), 1).get(0).index()).isEqualTo(1);
            assertThat(Door.toEnd(source, mdt.name(), 99_999)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSpentAtTheEndAndTheNextStreamGoesOn(Door door) throws Exception {
        Path file = grownTo(10);
        try (ChangelogSource source = door.open(lustre, "pollInterval=1ms")) {
            awaitIndex(source, 10);
            ChangelogStream first = source.open(mdt.name(), 8);
            assertThat(Door.toEnd(first, 100, 1 << 16)).hasSize(3);
            append(file, 11, 12);
            awaitIndex(source, 12);
            assertThat(first.read(100, 1 << 16).isEmpty()).isTrue();
            await().until(first::isSpent);
            first.close();
            assertThat(Door.toEnd(source, mdt.name(), 11)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksAgainOnlyAfterThePollInterval(Door door) throws Exception {
        withZoo();
        try (ChangelogSource source = door.open(lustre, "pollInterval=10m");
                ChangelogStream stream = source.open(mdt.name(), 0)) {
            Door.toEnd(stream, 4096, 1 << 18);
            assertThat(stream.await(Duration.ofMillis(10))).isFalse();
            assertThat(stream.isSpent()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingOpenBeforeTheFirstReadAndAtTheEnd(Door door) throws Exception {
        withZoo();
        try (ChangelogSource source = door.open(lustre);
                ChangelogStream stream = source.open(mdt.name(), 0)) {
            assertThat(Door.openDescriptors(mdt.device())).isZero();
            stream.read(1, 1 << 16);
            assertThat(Door.openDescriptors(mdt.device())).isEqualTo(1);
            Door.toEnd(stream, 4096, 1 << 18);
            assertThat(Door.openDescriptors(mdt.device())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsOnceItKnowsTheEnd(Door door) throws Exception {
        Path file = grownTo(10);
        try (ChangelogSource source = door.open(lustre, "wait=follow", "pollInterval=10m")) {
            awaitIndex(source, 10);
            long next = 11;
            ChangelogStream stream = source.open(mdt.name(), next);
            if (Door.toEnd(stream, 100, 1 << 16).isEmpty() && stream.isSpent()) {
                stream.close();
                stream = source.open(mdt.name(), next);
            }
            assertThat(stream.read(100, 1 << 16).isEmpty()).isTrue();
            assertThat(stream.atEnd()).isTrue();
            assertThat(stream.isSpent()).isFalse();
            for (long index = next; index < next + 3; index++) {
                assertThat(stream.await(Duration.ofMillis(1))).isFalse();
                append(file, index, index);
                ChangelogStream following = stream;
                await().until(() -> following.await(Duration.ofMillis(100)));
                RecordBlock block = stream.read(100, 1 << 16);
                assertThat(block.count()).isEqualTo(1);
                assertThat(block.index(0)).isEqualTo(index);
            }
            assertThat(Door.openDescriptors(mdt.device())).isEqualTo(1);
            stream.close();
            assertThat(Door.openDescriptors(mdt.device())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEvictionIsRetryableAndWhatCameBeforeItIsDelivered(Door door) throws Exception {
        withZoo().prefetch(100);
        try (ChangelogSource source = door.open(lustre)) {
            for (String errno : new String[] {"EIO", "ENODEV", "ESHUTDOWN", "ENXIO", "ETIMEDOUT"}) {
                ChangelogStream stream = source.open(mdt.name(), 1);
                await().until(() -> stream.await(Duration.ofMillis(100)));
                assertThat(stream.read(1, 1 << 16).index(0)).isEqualTo(1);
                mdt.breakHandles(errno);
                SourceException failure = failure(stream);
                assertThat(failure).hasMessageContaining(mdt.name()).hasMessageContaining(errno + ": ");
                assertThat(failure.isRetryable()).as(errno).isTrue();
                stream.close();
                assertThat(Door.openDescriptors(mdt.device())).isZero();
            }
            assertThat(Door.toEnd(source, mdt.name(), 2)).hasSize(ALL - 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnmountNeverMeetsAHandleThatWasNotRead(Door door) throws Exception {
        withZoo();
        try (ChangelogSource source = door.open(lustre);
                ChangelogStream stream = source.open(mdt.name(), 1)) {
            mdt.unmount();
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> stream.read(1, 1 << 16))
                    .withMessageContaining("ENOENT: there is no such device: mount the file system")
                    .matches(SourceException::isRetryable);
            mdt.mount();
            assertThat(Door.toEnd(source, mdt.name(), 1)).hasSize(ALL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anMdtThatIsAwayIsNeitherAnEndNorAHang(Door door) throws Exception {
        withZoo().outage();
        try (ChangelogSource source = door.open(lustre);
                ChangelogStream stream = source.open(mdt.name(), 1)) {
            assertThat(stream.read(10, 1 << 16).isEmpty()).isTrue();
            assertThat(stream.atEnd()).isFalse();
            assertThat(stream.await(Duration.ofMillis(50))).isFalse();
            assertThat(stream.isSpent()).isFalse();
            mdt.recover();
            assertThat(Door.toEnd(stream, 4096, 1 << 18)).hasSize(ALL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseEndsAWait(Door door) throws Exception {
        withZoo().outage();
        try (ChangelogSource source = door.open(lustre)) {
            ChangelogStream stream = source.open(mdt.name(), 1);
            stream.read(10, 1 << 16);
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return stream.await(Duration.ofMinutes(10));
                } catch (SourceException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            stream.close();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
            await().until(() -> Door.openDescriptors(mdt.device()) == 0);
            assertThatExceptionOfType(SourceException.class).isThrownBy(() -> stream.read(1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureToOpenSaysWhatToDo(Door door) throws Exception {
        try (ChangelogSource source = door.open(lustre)) {
            mdt.openError("EACCES");
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> Door.toEnd(source, mdt.name(), 1))
                    .withMessageContaining("cannot open " + mdt.device() + ": EACCES: it needs root's rights")
                    .matches(e -> !e.isRetryable());
            mdt.openError("EIO");
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> Door.toEnd(source, mdt.name(), 1))
                    .withMessageContaining("EIO")
                    .matches(SourceException::isRetryable);
            mdt.openError("OK");
            assertThat(Door.toEnd(source, mdt.name(), 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void offersTheMdtsThatAreMounted(Door door) throws Exception {
        try (ChangelogSource source = door.open(lustre)) {
            String other = door == Door.DEVICE ? "fs-MDTff00" : "fs-MDTff01";
            assertThat(source.mdts()).isSorted().contains(mdt.name()).doesNotContain(other);
            lustre.mdt(other);
            assertThat(source.mdts()).contains(mdt.name(), other);
            mdt.unmount();
            assertThat(source.mdts()).contains(other).doesNotContain(mdt.name());
        }
    }
}
