// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/** A resolver, records to send to it, and a file system whose answers a test decides. */
final class PathRig implements FidLookUp, AutoCloseable {
    static final Fid ROOT = NameTable.ROOT;
    static final Duration LONG = Duration.ofMinutes(1);

    final Map<Fid, Answer> answers = new ConcurrentHashMap<>();
    /** Look-ups of what is in here wait for it. */
    final Map<Fid, CountDownLatch> hanging = new ConcurrentHashMap<>();

    final AtomicInteger asked = new AtomicInteger();
    final PathResolver resolver;
    final PathStep step;
    private int index;

    private PathRig(PathOptions options, boolean mounted) {
        resolver = new PathResolver(options, mounted ? this : null, ForkJoinPool.commonPool());
        step = resolver.step();
    }

    static PathRig streamAlone() {
        return new PathRig(new PathOptions(10_000, true, false, 1, LONG), false);
    }

    static PathRig mounted(int maxLookUps, Duration timeout) {
        return new PathRig(new PathOptions(10_000, true, false, maxLookUps, timeout), true);
    }

    static Fid fid(int number) {
        return new Fid(0x200000401L, number, 0);
    }

    ChangelogRecord record(RecordType type, Fid target, Fid parent, String name) {
        return record(
                "fs-MDT0000",
                new RecordBuilder(type).target(target).parent(parent).name(name));
    }

    ChangelogRecord record(RecordType type, Fid target) {
        return record("fs-MDT0000", new RecordBuilder(type).target(target));
    }

    ChangelogRecord rename(Fid moved, Fid from, String oldName, Fid to, String name) {
        return record(
                "fs-MDT0000",
                new RecordBuilder(RecordType.RENME)
                        .rename(moved, from)
                        .parent(to)
                        .name(name)
                        .oldName(oldName));
    }

    ChangelogRecord record(String mdt, RecordBuilder builder) {
        return builder.index(++index).time(index, 0).build(mdt);
    }

    /** The file system has the object in that place. */
    PathRig has(Fid fid, Fid directory, String name, String path) {
        answers.put(
                fid,
                Answer.of(
                        List.of(path(path)),
                        List.of(Link.found(directory, name.getBytes(StandardCharsets.UTF_8))),
                        true));
        return this;
    }

    static ObjectPath path(String path) {
        return ObjectPath.whole(path.getBytes(StandardCharsets.UTF_8));
    }

    CompletableFuture<List<RecordPaths>> begin(List<ChangelogRecord> records) {
        return begin(step, records);
    }

    static CompletableFuture<List<RecordPaths>> begin(PathStep step, List<ChangelogRecord> records) {
        CompletableFuture<List<RecordPaths>> found = new CompletableFuture<>();
        step.resolve(records, new PathHandler() {
            @Override
            public void onPaths(List<RecordPaths> paths) {
                found.complete(paths);
            }

            @Override
            public void onFailure(Throwable cause) {
                found.completeExceptionally(cause);
            }
        });
        return found;
    }

    RecordPaths resolve(ChangelogRecord record) {
        return begin(List.of(record)).join().get(0);
    }

    @Override
    public Answer lookUp(Fid fid, boolean allNames) {
        asked.incrementAndGet();
        CountDownLatch latch = hanging.get(fid);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                return Answer.without(PathReason.FAILED, "EINTR");
            }
        }
        return answers.getOrDefault(fid, Answer.without(PathReason.GONE, "ENOENT"));
    }

    @Override
    public void close() {
        hanging.values().forEach(CountDownLatch::countDown);
        resolver.close();
    }
}
