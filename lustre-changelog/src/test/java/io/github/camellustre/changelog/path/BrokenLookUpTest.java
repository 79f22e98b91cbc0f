// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import static io.github.camellustre.changelog.path.PathRig.LONG;
import static io.github.camellustre.changelog.path.PathRig.ROOT;
import static io.github.camellustre.changelog.path.PathRig.fid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An error, as of a JVM without memory or threads, ends the records that it meets, and the MDT's records behind go on. */
class BrokenLookUpTest {
    /** Not one of memory, for which JUnit ends the JVM. */
    private final Error broken = new Error("broken");

    private final PathRig rig = PathRig.streamAlone();
    private final AtomicBoolean isBroken = new AtomicBoolean(true);
    private PathResolver resolver = rig.resolver;
    private PathStep step = rig.step;

    @AfterEach
    void close() {
        resolver.close();
        rig.close();
    }

    private void mounted(FidLookUp lookUp, Duration timeout, Executor executor) {
        resolver = new PathResolver(new PathOptions(10, false, false, 1, timeout), lookUp, executor);
        step = resolver.step();
    }

    private CompletableFuture<List<RecordPaths>> begin(ChangelogRecord... records) {
        return PathRig.begin(step, List.of(records));
    }

    private void assertFailed(CompletableFuture<?> found) {
        await().until(found::isDone);
        assertThat(found.handle((paths, cause) -> cause).join()).isSameAs(broken);
    }

    private static void assertFound(CompletableFuture<List<RecordPaths>> found, String path) {
        await().until(found::isDone);
        assertThat(found.join().get(0).path()).contains(PathRig.path(path));
    }

    @Test
    void anErrorWhileRecordsAreReadEndsThem() {
        ChangelogRecord first = rig.record(RecordType.MKDIR, fid(1), ROOT, "d");
        CompletableFuture<List<RecordPaths>> found = PathRig.begin(step, new AbstractList<>() {
            @Override
            public ChangelogRecord get(int position) {
                if (position > 0) {
                    throw broken;
                }
                return first;
            }

            @Override
            public int size() {
                return 2;
            }
        });
        assertFailed(found);
        assertFound(begin(rig.record(RecordType.CREAT, fid(2), fid(1), "f")), "/d/f");
    }

    @Test
    void anErrorOfALookUpEndsTheRecordsThatWaitForIt() {
        mounted(
                (fid, all) -> {
                    if (isBroken.getAndSet(false)) {
                        throw broken;
                    }
                    return Answer.of(List.of(PathRig.path("/d")), List.of(), true);
                },
                LONG,
                ForkJoinPool.commonPool());
        CompletableFuture<List<RecordPaths>> first = begin(rig.record(RecordType.CREAT, fid(2), fid(1), "f"));
        CompletableFuture<List<RecordPaths>> second = begin(rig.record(RecordType.CREAT, fid(3), fid(1), "g"));
        assertFailed(first);
        assertFound(second, "/d/g");
        assertThat(resolver.lateLookUps()).isZero();
    }

    @Test
    void aLookUpThatIsLateAndThenBreaksDoesNotCountForEver() {
        CountDownLatch latch = new CountDownLatch(1);
        mounted(
                (fid, all) -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    throw broken;
                },
                Duration.ofMillis(20),
                ForkJoinPool.commonPool());
        begin(rig.record(RecordType.OPEN, fid(1))).join();
        assertThat(resolver.lateLookUps()).isEqualTo(1);
        latch.countDown();
        await().until(() -> resolver.lateLookUps() == 0);
    }

    @Test
    void recordsForWhichThereIsNoThreadGoOnWithoutOne() {
        mounted((fid, all) -> Answer.of(List.of(PathRig.path("/d")), List.of(), true), LONG, work -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        assertFound(begin(rig.record(RecordType.CREAT, fid(2), fid(1), "f")), "/d/f");
    }

    @Test
    void anErrorOfWhomPathsAreHandedToIsTheirsAlone() {
        step.resolve(List.of(rig.record(RecordType.MKDIR, fid(1), ROOT, "d")), new PathHandler() {
            @Override
            public void onPaths(List<RecordPaths> paths) {
                throw broken;
            }

            @Override
            public void onFailure(Throwable cause) {}
        });
        assertFound(begin(rig.record(RecordType.CREAT, fid(2), fid(1), "f")), "/d/f");
    }
}
