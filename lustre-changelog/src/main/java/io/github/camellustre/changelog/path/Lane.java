// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectAttributes;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one MDT in their order: a record is read when all before it have been, because they tell what it needs.
 * While the file system is asked nothing holds a thread; what the records behind will need is asked for in the same go.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** Records that are looked at ahead for what they need. */
    private static final int AHEAD = 1_000;

    private static final class Work {
        private final List<ChangelogRecord> records;
        private final RecordPaths[] paths;
        private final PathHandler handler;
        private int next;
        private boolean hasWaited;
        private boolean isDescribed;

        Work(List<ChangelogRecord> records, PathHandler handler) {
            this.records = records;
            this.paths = new RecordPaths[records.size()];
            this.handler = handler;
        }
    }

    private final PathReader reader;
    private final Function<String, LearntIndexes> learnt;
    private final LookUps lookUps;
    private final boolean attributes;
    private final PathCounters counters;
    private final Executor executor;

    private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile Thread runner;

    /** What the file system said to what was asked for the records up to {@link #answered}. */
    private final Map<Fid, Answer> answers = new HashMap<>();

    private long read;
    private long answered;

    /**
     * @param lookUps null if there is no file system to be asked
     * @param attributes whether it is asked what each object is
     */
    Lane(
            PathReader reader,
            Function<String, LearntIndexes> learnt,
            LookUps lookUps,
            boolean attributes,
            PathCounters counters,
            Executor executor) {
        this.reader = reader;
        this.learnt = learnt;
        this.lookUps = lookUps;
        this.attributes = attributes && lookUps != null;
        this.counters = counters;
        this.executor = executor;
        reader.ask(lookUps == null ? null : answers);
    }

    /** Whether this thread is one that hands out what was found: what it brings cannot wait for itself. */
    boolean isRunning() {
        return runner == Thread.currentThread();
    }

    void submit(List<ChangelogRecord> records, PathHandler handler) {
        waiting.add(new Work(records, handler));
        if (pending.getAndIncrement() == 0) {
            run(null);
        }
    }

    /**
     * Ends all that wait, or waits for answers. Records that stayed would hold all behind them for good, so whatever is
     * thrown ends those that it came with.
     *
     * @param broken why the answers for the first did not come; null if they did
     */
    private void run(Throwable broken) {
        Throwable failure = broken;
        do {
            Work work = waiting.peek();
            try {
                CompletableFuture<Void> wave = failure == null ? advance(work) : null;
                if (wave != null) {
                    wave.whenCompleteAsync((done, cause) -> run(cause), executor);
                    return;
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            waiting.remove();
            hand(work, failure);
            failure = null;
        } while (pending.decrementAndGet() > 0);
    }

    /** Reads on in these records; null when they are all read, else what is to be waited for before the next. */
    private CompletableFuture<Void> advance(Work work) {
        while (work.next < work.paths.length) {
            if (read >= answered && !answers.isEmpty()) {
                answers.clear();
            }
            ChangelogRecord record = work.records.get(work.next);
            RecordPaths paths = reader.read(record, learnt.apply(record.mdt()));
            if (paths == null) {
                work.hasWaited = true;
                return ask(record.mdt());
            }
            counters.answered(paths, work.hasWaited);
            work.hasWaited = false;
            work.paths[work.next++] = paths;
            read++;
        }
        if (attributes && !work.isDescribed) {
            work.isDescribed = true;
            return describe(work);
        }
        return null;
    }

    private CompletableFuture<Void> describe(Work work) {
        Map<Fid, CompletableFuture<ObjectAttributes>> asked = new HashMap<>();
        for (ChangelogRecord record : work.records) {
            subject(record).ifPresent(fid -> asked.computeIfAbsent(fid, any -> lookUps.describe(record.mdt(), any)));
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> {
                    for (int i = 0; i < work.paths.length; i++) {
                        Optional<Fid> fid = subject(work.records.get(i));
                        work.paths[i] = work.paths[i].withAttributes(
                                fid.map(each -> asked.get(each).join()).orElse(null));
                    }
                });
    }

    /** What there still is after the record: of a migration the new FID. */
    private static Optional<Fid> subject(ChangelogRecord record) {
        List<Fid> subjects = record.subjects();
        RecordType type = record.type();
        boolean removed = (type.equals(RecordType.UNLNK) || type.equals(RecordType.RMDIR)) && record.isLastLink();
        if (subjects.isEmpty() || removed) {
            return Optional.empty();
        }
        return Optional.of(subjects.get(type.equals(RecordType.MIGRT) ? subjects.size() - 1 : 0));
    }

    private CompletableFuture<Void> ask(String mdt) {
        Set<Fid> wanted = new HashSet<>();
        Set<Fid> born = new HashSet<>();
        int left = AHEAD;
        for (Work work : waiting) {
            int to = Math.min(work.paths.length, work.next + left);
            reader.collect(work.records, work.next, to, born, wanted);
            left -= to - work.next;
            if (left == 0) {
                break;
            }
        }
        answered = Math.max(answered, read + AHEAD - left);
        Map<Fid, CompletableFuture<Answer>> asked = new HashMap<>();
        wanted.forEach(fid -> asked.put(fid, lookUps.ask(mdt, fid)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> asked.forEach((fid, answer) -> answers.put(fid, answer.join())));
    }

    private void hand(Work work, Throwable failure) {
        runner = Thread.currentThread();
        try {
            if (failure == null) {
                work.handler.onPaths(Arrays.asList(work.paths));
            } else {
                // what was asked for records that are not read is not kept for those behind
                answered = read;
                work.handler.onFailure(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("Handing out paths failed", e);
        } finally {
            runner = null;
        }
    }
}
