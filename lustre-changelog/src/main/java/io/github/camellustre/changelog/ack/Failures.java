// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries of one consumer that failed: how often each, how long to wait before the next attempt, and how large that
 * may be. Not thread-safe: guarded by the ledger's lock.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int NACKS_TO_REPORT = 3;

    /**
     * What failed at one index.
     *
     * @param records records of the token that failed last
     * @param times how often
     */
    record Failure(int records, int times, Throwable cause) {}

    private final TreeMap<Long, Failure> byIndex = new TreeMap<>();
    private final SuspectRange suspects = new SuspectRange();
    private int inARow;
    private long resumeAt;
    private boolean errorTold;

    /**
     * Notes the failure of a token.
     *
     * @param first true if the consumer was not backing off already
     */
    void add(Token token, Throwable cause, boolean first, ConsumerOptions options, long now) {
        Failure old = byIndex.get(token.firstIndex());
        int times = old == null ? 1 : old.times() + 1;
        byIndex.put(token.firstIndex(), new Failure(token.count(), times, cause));
        suspects.failed(token, !first);
        if (first) {
            inARow++;
            resumeAt = now + delay(options);
            errorTold = false;
        }
        // with a sink that is down everything in flight fails: the first of it tells
        if (first || times == NACKS_TO_REPORT && !errorTold) {
            errorTold = times == NACKS_TO_REPORT;
            report(token, times, cause, Math.max(0, resumeAt - now));
        }
    }

    /** Notes the success of a token that was handed out after the newest failure. */
    void succeeded(Token token, ConsumerOptions options) {
        // a dead letter that succeeds says nothing of the sink
        if (!byIndex.isEmpty() && exhaustedAt(token.firstIndex(), options) == null) {
            suspects.succeeded();
        }
    }

    private static void report(Token token, int times, Throwable cause, long delay) {
        String message = "{}: consumer '{}' failed at index {} (failure {} of it), tries again in {} ms: {}";
        Object[] details = {
            token.mdt(),
            token.consumer(),
            token.firstIndex(),
            times,
            TimeUnit.NANOSECONDS.toMillis(delay),
            CauseText.of(cause)
        };
        if (times == NACKS_TO_REPORT) {
            LOG.error(message, details);
        } else {
            LOG.warn(message, details);
        }
    }

    private long delay(ConsumerOptions options) {
        long delay = options.redeliveryDelay().toNanos();
        long most = options.maxRedeliveryDelay().toNanos();
        for (int i = 1; i < inARow && delay < most; i++) {
            delay *= 2;
        }
        return Math.min(delay, most);
    }

    /** The failure that uses up the redeliveries of the record at {@code index}, null if there is none. */
    Failure exhaustedAt(long index, ConsumerOptions options) {
        if (byIndex.isEmpty() || options.maxRedeliveries() < 0) {
            return null;
        }
        Failure failure = byIndex.get(index);
        return failure != null && failure.records() == 1 && failure.times() > options.maxRedeliveries()
                ? failure
                : null;
    }

    /** When the back-off is over. */
    long resumeAt() {
        return resumeAt;
    }

    SuspectRange suspects() {
        return suspects;
    }

    /** The prefix has come to {@code slot}. */
    void passed(long slot) {
        if (!suspects.contains(slot)) {
            clear();
        }
    }

    /** Starts again at this index: what failed before it has succeeded since. */
    void forgetBelow(long index) {
        byIndex.headMap(index).clear();
    }

    /** Slots count anew from here; what failed is still known. */
    void restart(long firstSlot) {
        suspects.restart(firstSlot);
    }

    /** All that failed has succeeded since, or somebody has mended it. */
    void clear() {
        byIndex.clear();
        inARow = 0;
    }

    /** The cause of the oldest failure, null without one. */
    String oldestCause() {
        Map.Entry<Long, Failure> oldest = byIndex.firstEntry();
        return oldest == null ? null : oldest.getValue().cause().toString();
    }
}
