// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerState.LastRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Finds out whether an MDT's log is still the one whose records were read: an MDT that restarts while no user is registered
 * begins at index 1 again, and gives no error. Looks with a handle of its own, at the start, after errors and while no
 * records come. ADR 0015 says what is proof. Used by the reading thread.
 */
final class LogCheck {
    /** A handle may need a moment for the first record; the reading thread waits meanwhile. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(200).toNanos();

    /** So often in a row the record must be missing: a slow MDT may not have found it yet. */
    private static final int MISSES = 3;

    private static final int PROBE_RECORDS = 64;
    private static final int PROBE_BYTES = 1 << 16;

    private final ChangelogSource source;
    private final LedgerKey key;
    private final long intervalNanos;

    private long sureAt;
    private volatile boolean sure;
    /** The oldest record of the log when it was last known for sure. */
    private LastRecord oldestThen;

    private int misses;

    LogCheck(ChangelogSource source, LedgerKey key, Duration interval) {
        this.source = source;
        this.key = key;
        this.intervalNanos = interval.toNanos();
    }

    boolean isDue() {
        return !sure || System.nanoTime() - sureAt >= intervalNanos;
    }

    /** True if, as far as can be known, the log is the one that was read. */
    boolean isSure() {
        return sure;
    }

    /** Records have come on a handle that was opened in this log, and no restart is as short as the time since. */
    void sawRecords() {
        sureAt = System.nanoTime();
    }

    /** Something has happened to the MDT. */
    void doubt() {
        sure = false;
    }

    /**
     * Looks.
     *
     * @param known the newest record that was read, null if none is known
     * @return what proves that the log is another one, with the remedy; null if nothing does
     */
    String look(LastRecord known) throws SourceException, InterruptedException {
        sure = false;
        String proof = known == null ? null : proof(known);
        if (proof != null) {
            return key + ": the indexes of this MDT have started anew: record " + text(known) + " was read here, but "
                    + proof
                    + ". It is not read and not cleared any more. Register a new changelog user on this MDT, name"
                    + " it with the option user, and move this MDT's file out of the state folder: then it is read from"
                    + " its oldest record on. What was recorded in between may be lost: scan the file system";
        }
        sure = misses == 0;
        sureAt = System.nanoTime();
        return null;
    }

    private String proof(LastRecord known) throws SourceException, InterruptedException {
        OptionalLong newest = source.newest(key.mdt());
        if (newest.isPresent() && newest.getAsLong() < known.index()) {
            return "the newest index is now " + newest.getAsLong();
        }
        LastRecord oldest = firstFrom(0);
        if (oldest == null || oldest.index() > known.index() || oldest.equals(oldestThen)) {
            misses = 0;
            return null;
        }
        LastRecord there = firstFrom(known.index());
        if (there != null && there.index() == known.index()) {
            if (there.time() != known.time() && !there.fid().equals(known.fid())) {
                return "there is now record " + text(there);
            }
            oldestThen = oldest;
            misses = 0;
            return null;
        }
        misses = oldest.time() > known.time() ? misses + 1 : 0;
        return misses < MISSES
                ? null
                : "the log now begins with the later record " + text(oldest) + " and has not got it";
    }

    /** The first record with this index or a higher one, null if none shows up in time. */
    private LastRecord firstFrom(long index) throws SourceException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (ChangelogStream handle = source.open(key.mdt(), index)) {
            for (long left = PATIENCE_NANOS; left > 0; left = deadline - System.nanoTime()) {
                RecordBlock block = handle.read(PROBE_RECORDS, PROBE_BYTES);
                for (int i = 0; i < block.count(); i++) {
                    if (block.index(i) >= index) {
                        return LastRecord.of(block, i);
                    }
                }
                if (block.isEmpty() && handle.finished()) {
                    return null;
                }
                handle.await(Duration.ofNanos(left));
            }
            return null;
        }
    }

    private static String text(LastRecord record) {
        Instant time = Instant.ofEpochSecond(record.time() >>> 30, record.time() & (1 << 30) - 1);
        return record.index() + " (" + time + " " + record.fid() + ")";
    }
}
