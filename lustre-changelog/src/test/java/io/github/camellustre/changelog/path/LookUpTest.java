// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import static io.github.camellustre.changelog.path.PathRig.LONG;
import static io.github.camellustre.changelog.path.PathRig.ROOT;
import static io.github.camellustre.changelog.path.PathRig.fid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the file system is asked, and what becomes of records when it does not answer, or late. */
class LookUpTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void eachDirectoryIsAskedForOnce() {
        try (PathRig rig = PathRig.mounted(2, LONG)) {
            rig.has(fid(2), fid(1), "b", "/a/b").has(fid(1), ROOT, "a", "/a");
            assertThat(rig.resolve(rig.record(RecordType.CREAT, fid(3), fid(2), "f")))
                    .hasToString("/a/b/f as [/a/b/f]");
            assertThat(rig.resolve(rig.record(RecordType.CREAT, fid(4), fid(2), "g")))
                    .hasToString("/a/b/g as [/a/b/g]");
            assertThat(rig.resolve(rig.rename(fid(1), ROOT, "a", ROOT, "z"))).hasToString("/z from /a as [/z]");
            assertThat(rig.resolve(rig.record(RecordType.CLOSE, fid(3)))).hasToString("/z/b/f as [/z/b/f]");
            assertThat(rig.asked).hasValue(2);
            assertThat(rig.resolver.counters().misses()).isEqualTo(1);
            assertThat(rig.resolver.counters().hits()).isEqualTo(3);
        }
    }

    @Test
    void recordsThatPassTwoStepsStayInOrder() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            PathStep second = rig.resolver.step();
            List<Integer> passed = new CopyOnWriteArrayList<>();
            CountDownLatch answer = new CountDownLatch(1);
            rig.step.resolve(List.of(rig.record(RecordType.OPEN, fid(1))), passing(() -> {
                rig.hanging.put(fid(3), answer);
                second.resolve(List.of(rig.record(RecordType.OPEN, fid(3))), passing(() -> passed.add(1)));
            }));
            await().untilAsserted(() -> assertThat(rig.asked).hasValue(2));
            List<ChangelogRecord> known = List.of(rig.record(RecordType.CREAT, fid(2), ROOT, "f"));
            AtomicBoolean handed = new AtomicBoolean();
            rig.step.resolve(known, passing(() -> {
                second.resolve(known, passing(() -> passed.add(2)));
                handed.set(true);
            }));
            await().untilTrue(handed);
            answer.countDown();
            await().untilAsserted(() -> assertThat(passed).hasSize(2));
            assertThat(passed).containsExactly(1, 2);
        }
    }

    private static PathHandler passing(Runnable on) {
        return new PathHandler() {
            @Override
            public void onPaths(List<RecordPaths> paths) {
                on.run();
            }

            @Override
            public void onFailure(Throwable cause) {
                throw new IllegalStateException(cause);
            }
        };
    }

    @Test
    void whatIsGoneIsToldSoWithItsLastPath() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            assertThat(rig.resolve(rig.record(RecordType.OPEN, fid(3)))).hasToString("null (gone ENOENT)");
            rig.resolve(rig.record(RecordType.UNLNK, fid(4), ROOT, "f"));
            assertThat(rig.resolve(rig.record(RecordType.OPEN, fid(4)))).hasToString("/f (gone)");
            assertThat(rig.resolve(rig.record(RecordType.CREAT, fid(6), fid(5), "f")))
                    .hasToString("[0x200000401:0x5:0x0]/f as [[0x200000401:0x5:0x0]/f] (partial ENOENT)");
            assertThat(rig.resolver.counters().of(PathReason.GONE)).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatTheStreamHasOvertakenIsNotRemembered() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            rig.has(fid(1), ROOT, "old", "/old");
            rig.hanging.put(fid(1), new CountDownLatch(1));
            CompletableFuture<List<RecordPaths>> asking =
                    rig.begin(List.of(rig.record(RecordType.CREAT, fid(2), fid(1), "f")));
            await().until(() -> rig.asked.get() == 1);
            rig.resolver.learn(List.of(rig.rename(fid(1), ROOT, "old", ROOT, "new")));
            rig.hanging.remove(fid(1)).countDown();
            asking.join();
            assertThat(rig.resolve(rig.record(RecordType.CLOSE, fid(2)))).hasToString("/new/f as [/new/f]");
        }
    }

    @Test
    void anAnswerWithoutProofIsToldAndNotRemembered() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            rig.answers.put(fid(1), Answer.of(List.of(PathRig.path("/a")), List.of(), false));
            ChangelogRecord created = rig.record(RecordType.CREAT, fid(2), fid(1), "f");
            assertThat(rig.resolve(created).path()).contains(PathRig.path("/a/f"));
            rig.answers.put(fid(1), Answer.of(List.of(PathRig.path("/b")), List.of(), false));
            assertThat(rig.resolve(rig.record(RecordType.CLOSE, fid(2))).path()).contains(PathRig.path("/b/f"));
        }
    }

    @Test
    void recordsOfAnMdtKeepTheirOrderWhileOneWaits() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            rig.has(fid(1), ROOT, "a", "/a");
            rig.hanging.put(fid(1), new CountDownLatch(1));
            CompletableFuture<List<RecordPaths>> first =
                    rig.begin(List.of(rig.record(RecordType.CREAT, fid(2), fid(1), "f")));
            CompletableFuture<List<RecordPaths>> second =
                    rig.begin(List.of(rig.record(RecordType.CREAT, fid(3), ROOT, "g")));
            await().until(() -> rig.asked.get() == 1);
            assertThat(second).isNotDone();
            rig.hanging.remove(fid(1)).countDown();
            assertThat(second.join().get(0)).hasToString("/g as [/g]");
            assertThat(first)
                    .isCompletedWithValueMatching(
                            paths -> paths.get(0).path().equals(Optional.of(PathRig.path("/a/f"))));
        }
    }

    @Test
    void oneThatHangsHoldsNobodyForLongAndOtherMdtsNotAtAll() {
        try (PathRig rig = PathRig.mounted(1, SHORT)) {
            CountDownLatch never = new CountDownLatch(1);
            rig.hanging.put(fid(1), never);
            assertThat(rig.resolve(rig.record(RecordType.CREAT, fid(2), fid(1), "f"))
                            .reason())
                    .contains(PathReason.TIMED_OUT);
            assertThat(rig.resolver.lateLookUps()).isEqualTo(1);

            // while its only thread hangs, nothing more is asked for this MDT
            rig.has(fid(5), ROOT, "e", "/e").has(fid(6), ROOT, "f", "/f").has(fid(1), ROOT, "a", "/a");
            assertThat(rig.resolve(rig.record(RecordType.OPEN, fid(5))).reason())
                    .contains(PathReason.BUSY);
            assertThat(rig.resolve(rig.record("fs-MDT0001", new RecordBuilder(RecordType.OPEN).target(fid(6)))))
                    .hasToString("/f as [/f]");

            never.countDown();
            await().until(() -> rig.resolver.lateLookUps() == 0);
            int asked = rig.asked.get();
            assertThat(rig.resolve(rig.record(RecordType.CLOSE, fid(2)))).hasToString("/a/f as [/a/f]");
            assertThat(rig.asked).as("the late answer was kept").hasValue(asked);
            assertThat(rig.resolve(rig.record(RecordType.OPEN, fid(5)))).hasToString("/e as [/e]");
        }
    }

    @Test
    void aQuestionThatWaitedTooLongForAThreadIsNotAsked() {
        try (PathRig rig = PathRig.mounted(1, Duration.ofMillis(200))) {
            CountDownLatch latch = new CountDownLatch(1);
            rig.hanging.put(fid(1), latch);
            rig.hanging.put(fid(2), latch);
            List<RecordPaths> paths = rig.begin(
                            List.of(rig.record(RecordType.OPEN, fid(1)), rig.record(RecordType.OPEN, fid(2))))
                    .join();
            assertThat(paths).allMatch(each -> each.reason().isPresent());
            assertThat(rig.resolver.lateLookUps()).isEqualTo(1);
            latch.countDown();
            await().until(() -> rig.resolver.lateLookUps() == 0);
            assertThat(rig.asked).hasValue(1);
        }
    }

    @Test
    void aLookUpThatBreaksIsAFailure() {
        FidLookUp broken = (fid, all) -> {
            throw new IllegalStateException("broken");
        };
        try (PathRig rig = PathRig.streamAlone();
                PathResolver resolver =
                        new PathResolver(new PathOptions(10, false, true, 1, LONG), broken, Runnable::run)) {
            CompletableFuture<List<RecordPaths>> found =
                    PathRig.begin(resolver.step(), List.of(rig.record(RecordType.OPEN, fid(1))));
            assertThat(found.join().get(0).reason()).contains(PathReason.FAILED);
        }
    }

    @Test
    void ofAFileWithManyNamesTheFileSystemIsAsked() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            rig.resolve(rig.record(RecordType.CREAT, fid(1), ROOT, "1"));
            for (int i = 2; i <= KnownObject.MOST_NAMES; i++) {
                rig.resolve(rig.record(RecordType.HLINK, fid(1), ROOT, Integer.toString(i)));
            }
            assertThat(rig.asked).hasValue(0);
            rig.resolve(rig.record(RecordType.HLINK, fid(1), ROOT, "more"));
            rig.resolve(rig.record(RecordType.CLOSE, fid(1)));
            assertThat(rig.asked).hasPositiveValue();
        }
    }

    @Test
    void recordsThatAreSentOnByWhomWasHandedSomeAreNotHeldByThem() {
        try (PathRig rig = PathRig.mounted(1, LONG)) {
            rig.has(fid(1), ROOT, "a", "/a");
            CompletableFuture<RecordPaths> inner = new CompletableFuture<>();
            rig.step.resolve(List.of(rig.record(RecordType.CREAT, fid(2), ROOT, "f")), new PathHandler() {
                @Override
                public void onPaths(List<RecordPaths> paths) {
                    // waits, as a step that sends and receives does
                    inner.complete(rig.resolve(rig.record(RecordType.OPEN, fid(1))));
                }

                @Override
                public void onFailure(Throwable cause) {
                    inner.completeExceptionally(cause);
                }
            });
            assertThat(inner.join()).hasToString("/a as [/a]");
        }
    }
}
