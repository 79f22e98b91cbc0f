// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ChangelogRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Says where the objects of one file system's records are. It learns from the records that pass, all of them, in the order
 * in which they pass; what they cannot tell it asks a mounted file system for, if there is one. For several threads at once.
 */
public final class PathResolver implements AutoCloseable {
    private final PathOptions options;
    private final NameTable table;
    private final PathCounters counters = new PathCounters();
    private final LookUps lookUps;
    private final Executor executor;
    private final Map<String, LearntIndexes> learnt = new ConcurrentHashMap<>();

    /**
     * @param fileSystem null to go by the stream alone
     * @param executor where records go on that had to wait for an answer
     */
    public PathResolver(PathOptions options, FidLookUp fileSystem, Executor executor) {
        this.options = options;
        this.table = new NameTable(options.maxObjects());
        this.lookUps = fileSystem == null ? null : new LookUps(fileSystem, table, options, counters);
        this.executor = work -> {
            try {
                executor.execute(work);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                // no thread to be had: records that stay would hold all behind them
                work.run();
            }
        };
    }

    /** To be made once for each step: its records are kept in order for as long as they go through the same one. */
    public PathStep step() {
        return new PathStep(this::lane);
    }

    /** Only learns from them: for records that will not be resolved, or only later. */
    public void learn(List<ChangelogRecord> records) {
        RecordNames names = new RecordNames();
        for (int i = 0; i < records.size(); i++) {
            ChangelogRecord record = records.get(i);
            names.moveTo(record);
            if (names.link() != null && learntOf(record.mdt()).add(record.index())) {
                names.learnInto(table);
            }
        }
    }

    private Lane lane() {
        return new Lane(
                new PathReader(table, options.allNames()),
                this::learntOf,
                lookUps,
                options.attributes(),
                counters,
                executor);
    }

    private LearntIndexes learntOf(String mdt) {
        LearntIndexes known = learnt.get(mdt);
        return known == null ? learnt.computeIfAbsent(mdt, any -> new LearntIndexes()) : known;
    }

    public PathOptions options() {
        return options;
    }

    public PathCounters counters() {
        return counters;
    }

    /** Objects whose names are remembered. */
    public long objects() {
        return table.size();
    }

    /** Look-ups that did not answer in time and still take up a thread. */
    public int lateLookUps() {
        return lookUps == null ? 0 : lookUps.late();
    }

    /** Answers that are still waited for do not come any more: their records go on when their time is up. */
    @Override
    public void close() {
        if (lookUps != null) {
            lookUps.close();
        }
    }
}
