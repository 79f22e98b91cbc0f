// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer on one MDT: what it was handed, what it has acknowledged, and what comes next after a failure.
 *
 * <p>One thread takes {@link Handout}s; any thread completes tokens. A failure pauses this consumer alone: it is handed
 * nothing until its outstanding tokens are back and its back-off is over, then everything from its first unacknowledged
 * record on. All state is guarded by the lock of the {@link MdtLedger}.
 */
public final class ConsumerLedger {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLedger.class);
    /** Records handed out under one lock when they go out one by one. */
    private static final int SINGLES_PER_HANDOUT = 256;

    private static final int NACKS_TO_REPORT = 3;

    private record Failure(long endSlot, int count, Throwable cause) {}

    private final MdtLedger ledger;
    private ConsumerOptions options;
    private final AtomicLong parked = new AtomicLong();
    private final TreeMap<Long, Failure> failures = new TreeMap<>();

    private AckTracker tracker;
    /** Acknowledged above the position before the last start. */
    private final Roaring64Bitmap restored = new Roaring64Bitmap();

    private long startPosition;
    private boolean skipToEnd;
    private long preAcknowledgedEnd;
    private long next;
    private long handedEnd;
    private long checkpointedFirst;
    private long reportedPosition;
    private volatile int delivery;
    private volatile boolean paused;
    /** Tokens of earlier deliveries were revoked: nobody waits for them, but a late success counts. */
    private int revokedBelow;

    private long outstanding;
    private long resumeAt;
    private int nacksInARow;
    private long suspectEnd;

    private boolean attached;
    private boolean joining;
    private volatile boolean suspended;
    private boolean exhausted;
    private long boundSince;
    private final ConsumerCounters counters = new ConsumerCounters();

    ConsumerLedger(MdtLedger ledger, ConsumerOptions options, long position, long[] ranges, boolean skipToEnd) {
        this.ledger = ledger;
        this.options = options;
        this.startPosition = position;
        this.reportedPosition = position;
        restore(ranges);
        this.skipToEnd = skipToEnd;
        this.tracker = new AckTracker(0, position);
    }

    public String name() {
        return options.name();
    }

    public String mdt() {
        return ledger.key().mdt();
    }

    ConsumerOptions options() {
        return options;
    }

    void options(ConsumerOptions fresh) {
        options = fresh;
    }

    private void restore(long[] ranges) {
        for (int i = 0; i < ranges.length; i += 2) {
            restored.addRange(ranges[i], ranges[i + 1] + 1);
        }
    }

    // ---- reading: called by the ledger, under its lock

    /** Starts over at {@code firstSlot}: what is acknowledged by index stays so, everything else will be read again. */
    void restart(long firstSlot) {
        long position = position();
        if (tracker.end() > tracker.first()) {
            restore(tracker.ranges());
        }
        startPosition = position;
        reportedPosition = position;
        tracker = new AckTracker(firstSlot, position);
        next = firstSlot;
        handedEnd = firstSlot;
        preAcknowledgedEnd = firstSlot;
        checkpointedFirst = firstSlot;
        suspectEnd = firstSlot;
        failures.clear();
        nextDelivery();
        paused = false;
        joining = false;
        attached = true;
        suspended = false;
    }

    void add(RecordBlock block, long[] holdAt) {
        int count = block.count();
        boolean plain = !skipToEnd && restored.isEmpty();
        for (int i = 0; i < count; i++) {
            long index = block.index(i);
            if (holdAt != null && holdAt[i] != 0) {
                tracker.addOutOfOrder(index, holdAt[i]);
            } else if (plain && index > startPosition) {
                tracker.add(index, false);
            } else {
                boolean known = index <= startPosition
                        || skipToEnd
                        || options.redelivery() == Redelivery.MISSING && restored.contains(index);
                tracker.add(index, known);
                if (known) {
                    preAcknowledgedEnd = tracker.end();
                }
            }
        }
    }

    void endOfStream() {
        skipToEnd = false;
    }

    /** Not while it still has to find the end of the stream: everything before that is acknowledged unseen. */
    boolean isSkippingToEnd() {
        return skipToEnd;
    }

    // ---- handing over: called by the consumer's delivering thread

    /** The next records to hand over; null if there are none before the time is over. */
    public Handout take(long waitNanos) throws InterruptedException {
        ledger.lock();
        try {
            long deadline = ledger.now() + waitNanos;
            while (true) {
                long now = ledger.now();
                Handout handout = tryTake(now);
                if (handout != null) {
                    counters.delivered += handout.count();
                    return handout;
                }
                long wait = deadline - now;
                if (paused && outstanding == 0) {
                    wait = Math.min(wait, resumeAt - now);
                }
                if (wait <= 0) {
                    return null;
                }
                ledger.awaitWork(wait);
            }
        } finally {
            ledger.unlock();
        }
    }

    private Handout tryTake(long now) {
        if (!attached || suspended || exhausted || ledger.isRewinding() || paused && !resume(now)) {
            return null;
        }
        skipUnwanted();
        long end = ledger.windowEnd();
        if (next >= end) {
            boundSince = 0;
            return null;
        }
        long room = checkpointedFirst + options.maxInFlight() - next;
        if (room <= 0) {
            if (boundSince == 0) {
                boundSince = now == 0 ? 1 : now;
            }
            ledger.checkpointSoon();
            return null;
        }
        boundSince = 0;
        Window.Span span = ledger.span(next);
        Failure failure = failures.isEmpty() ? null : failures.get(next);
        if (failure != null && isExhausted(failure)) {
            return exhaust(span, failure);
        }
        return options.batching() ? handBatch(span, room) : handSingles(span, room);
    }

    private boolean isExhausted(Failure failure) {
        return options.maxRedeliveries() >= 0
                && failure.count() > options.maxRedeliveries()
                && failure.endSlot() - next == 1;
    }

    private Handout exhaust(Window.Span span, Failure failure) {
        if (options.onExhausted() == OnExhausted.STOP) {
            exhausted = true;
            LOG.error(
                    "{}: consumer '{}' stops at index {}: it failed {} times, the last time with {}. It holds the clear."
                            + " Mend the route or the sink and restart it, or set onExhausted=deadLetter",
                    mdt(),
                    name(),
                    tracker.index(next),
                    failure.count(),
                    failure.cause().toString());
            suspended = true;
            if (outstanding == 0) {
                detach();
            }
            return null;
        }
        return handOver(span, 1, 1, null, failure.cause());
    }

    private Handout handBatch(Window.Span span, long room) {
        int most =
                next < suspectEnd ? Math.max(1, options.maxBatch() >> Math.min(nacksInARow, 30)) : options.maxBatch();
        int available = (int) Math.min(room, span.endSlot() - next);
        if (!needsChecks(next + available)) {
            int count = Math.min(most, available);
            return handOver(span, count, count, null, null);
        }
        int[] picks = new int[Math.min(most, available)];
        int count = 0;
        int slots = 0;
        while (slots < available && count < most) {
            long slot = next + slots++;
            if (isUnwanted(slot, span)) {
                continue;
            }
            picks[count++] = (int) (slot - span.firstSlot());
        }
        return handOver(span, slots, count, Arrays.copyOf(picks, count), null);
    }

    private Handout handSingles(Window.Span span, long room) {
        int most = next < suspectEnd ? 1 : SINGLES_PER_HANDOUT;
        int available = (int) Math.min(Math.min(room, most), span.endSlot() - next);
        int count = 0;
        boolean checks = needsChecks(next + available);
        while (count < available && !(checks && isUnwanted(next + count, span))) {
            count++;
        }
        return handOver(span, count, count, null, null);
    }

    private Handout handOver(Window.Span span, int slots, int count, int[] picks, Throwable exhaustedBy) {
        long first = next;
        next += slots;
        outstanding += slots;
        if (first < handedEnd) {
            counters.redelivered += count;
        }
        handedEnd = Math.max(handedEnd, next);
        return new Handout(
                this, span.block(), delivery, first, (int) (first - span.firstSlot()), picks, count, next, exhaustedBy);
    }

    private boolean needsChecks(long end) {
        return options.types() != null
                || next < preAcknowledgedEnd
                || options.redelivery() == Redelivery.MISSING && next < handedEnd && end > next;
    }

    private boolean isUnwanted(long slot, Window.Span span) {
        int at = (int) (slot - span.firstSlot());
        if (options.types() != null && !options.wants(span.block().typeNumber(at))) {
            return true;
        }
        if (slot < preAcknowledgedEnd && tracker.isAcknowledged(slot) && slot >= handedEnd) {
            return true;
        }
        return options.redelivery() == Redelivery.MISSING && tracker.isAcknowledged(slot);
    }

    /** Acknowledges the records at the front that this consumer does not want: no exchange is made for them. */
    private void skipUnwanted() {
        long end = ledger.windowEnd();
        if (next >= end || !needsChecks(end)) {
            return;
        }
        long before = tracker.first();
        Window.Span span = ledger.span(next);
        while (isUnwanted(next, span)) {
            if (tracker.acknowledge(next)) {
                counters.filtered++;
            }
            next++;
            if (next >= end) {
                break;
            }
            if (next >= span.endSlot()) {
                span = ledger.span(next);
            }
        }
        advanced(before);
    }

    private boolean resume(long now) {
        if (outstanding > 0 || now < resumeAt) {
            return false;
        }
        paused = false;
        nextDelivery();
        next = tracker.first();
        failures.headMap(next).clear();
        return true;
    }

    /** Voids what is handed out. Under the lock; volatile only for {@link #isCurrent}. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void nextDelivery() {
        delivery++;
    }

    boolean isCurrent(int whichDelivery) {
        return !paused && !suspended && delivery == whichDelivery;
    }

    void giveBack(long firstSlot, long endSlot, int whichDelivery) {
        ledger.lock();
        try {
            if (whichDelivery < revokedBelow) {
                return;
            }
            outstanding -= endSlot - firstSlot;
            next = Math.min(next, firstSlot);
            if (outstanding == 0) {
                settled();
            }
        } finally {
            ledger.unlock();
        }
    }

    // ---- completion: called by any thread

    void completed(Token token, Throwable failure) {
        ledger.lock();
        try {
            boolean revoked = token.delivery() < revokedBelow;
            if (!revoked) {
                outstanding -= token.endSlot() - token.firstSlot();
            }
            if (options.ack() == AckMode.NONE || failure == null) {
                if (failure != null) {
                    counters.failed++;
                }
                if (options.ack() != AckMode.MANUAL) {
                    acknowledgeSlots(token.firstSlot(), token.endSlot());
                }
            } else if (!revoked && token.delivery() == delivery && !isAllAcknowledged(token)) {
                fail(token, failure);
            }
            if (outstanding == 0) {
                settled();
            }
        } finally {
            ledger.unlock();
        }
    }

    private void settled() {
        if (suspended && attached) {
            detach();
        }
        ledger.signalWork();
    }

    private boolean isAllAcknowledged(Token token) {
        for (long slot = token.firstSlot(); slot < token.endSlot(); slot++) {
            if (!tracker.isAcknowledged(slot)) {
                return false;
            }
        }
        return true;
    }

    private void fail(Token token, Throwable cause) {
        counters.failed++;
        Failure old = failures.get(token.firstSlot());
        int count = old == null ? 1 : old.count() + 1;
        failures.put(token.firstSlot(), new Failure(token.endSlot(), count, cause));
        suspectEnd = Math.max(suspectEnd, token.endSlot());
        if (paused) {
            return;
        }
        paused = true;
        nacksInARow++;
        long delay = backOff();
        resumeAt = ledger.now() + delay;
        String message = "{}: consumer '{}' failed at index {} (failure {} of it), tries again in {} ms: {}";
        Object[] details = {
            mdt(), name(), token.firstIndex(), count, TimeUnit.NANOSECONDS.toMillis(delay), cause.toString()
        };
        if (count == NACKS_TO_REPORT) {
            LOG.error(message, details);
        } else {
            LOG.warn(message, details);
        }
    }

    private long backOff() {
        long delay = options.redeliveryDelay().toNanos();
        long most = options.maxRedeliveryDelay().toNanos();
        for (int i = 1; i < nacksInARow && delay < most; i++) {
            delay *= 2;
        }
        return Math.min(delay, most);
    }

    private void acknowledgeSlots(long firstSlot, long endSlot) {
        long before = tracker.first();
        for (long slot = firstSlot; slot < endSlot; slot++) {
            if (tracker.acknowledge(slot)) {
                counters.acknowledged++;
            }
        }
        advanced(before);
    }

    private void advanced(long before) {
        long first = tracker.first();
        if (first == before) {
            return;
        }
        if (first >= suspectEnd) {
            nacksInARow = 0;
        }
        ledger.advanced(this, first);
    }

    void acknowledge(long firstSlot, long endSlot) {
        ledger.lock();
        try {
            acknowledgeSlots(firstSlot, endSlot);
        } finally {
            ledger.unlock();
        }
    }

    void acknowledgeUpTo(long index) {
        ledger.lock();
        try {
            long before = tracker.first();
            for (long slot = before; slot < handedEnd; slot++) {
                if (tracker.index(slot) <= index && tracker.acknowledge(slot)) {
                    counters.acknowledged++;
                }
            }
            advanced(before);
        } finally {
            ledger.unlock();
        }
    }

    void parked(long slots) {
        parked.addAndGet(slots);
    }

    // ---- coming and going

    void join() {
        joining = true;
        exhausted = false;
        suspended = false;
    }

    /** Hands nothing over from now on; once nothing is outstanding, leaves the window to the others. */
    public void suspend() {
        ledger.lock();
        try {
            suspended = true;
            joining = false;
            if (attached && outstanding == 0) {
                detach();
            }
            ledger.signalWork();
        } finally {
            ledger.unlock();
        }
    }

    /** Goes on where it stood. */
    public void resume() {
        ledger.lock();
        try {
            suspended = false;
            if (!attached) {
                ledger.rejoin(this);
            }
            ledger.signalWork();
        } finally {
            ledger.unlock();
        }
    }

    /** Leaves: tokens that are still out are revoked, a late success of theirs counts. The position keeps holding the clear. */
    public void stop() {
        ledger.lock();
        try {
            suspended = true;
            joining = false;
            if (attached) {
                detach();
            }
        } finally {
            ledger.unlock();
        }
    }

    private void detach() {
        attached = false;
        nextDelivery();
        revokedBelow = delivery;
        outstanding = 0;
        paused = false;
        ledger.detached();
    }

    /** Waits until nothing is outstanding; false if the time was over first. */
    public boolean awaitSettled(long waitNanos) throws InterruptedException {
        ledger.lock();
        try {
            long deadline = ledger.now() + waitNanos;
            while (outstanding > 0) {
                long wait = deadline - ledger.now();
                if (wait <= 0) {
                    return false;
                }
                ledger.awaitWork(wait);
            }
            return true;
        } finally {
            ledger.unlock();
        }
    }

    // ---- what there is to see

    boolean isAttached() {
        return attached;
    }

    boolean isJoining() {
        return joining;
    }

    boolean isActive() {
        return attached || joining;
    }

    AckTracker tracker() {
        return tracker;
    }

    void checkpointed(long firstSlot) {
        checkpointedFirst = Math.max(checkpointedFirst, firstSlot);
    }

    long uncheckpointed() {
        return tracker.first() - checkpointedFirst;
    }

    /** Acknowledged up to here, open holes looked at; only grows. */
    long position() {
        if (attached) {
            reportedPosition = Math.max(reportedPosition, Math.min(tracker.position(), ledger.holeLimit()));
        } else {
            reportedPosition = Math.max(reportedPosition, tracker.position());
        }
        return reportedPosition;
    }

    /** Whether the record of that index is acknowledged, as far as it is known here. */
    boolean isAcknowledgedIndex(long index) {
        if (index <= position() || restored.contains(index)) {
            return true;
        }
        for (long slot = tracker.first(); slot < tracker.end(); slot++) {
            if (tracker.index(slot) == index) {
                return tracker.isAcknowledged(slot);
            }
        }
        return false;
    }

    /** Handed over and not back yet. */
    long outstanding() {
        return outstanding;
    }

    /** True if only aggregators' open groups keep this consumer from going on: they may wait for ever. */
    public boolean isHeldByGroupsOnly() {
        ledger.lock();
        try {
            long held = parked.get();
            return held > 0
                    && held >= outstanding
                    && (paused || suspended || boundSince != 0 || ledger.isRewinding() || isAtFinishedEnd());
        } finally {
            ledger.unlock();
        }
    }

    private boolean isAtFinishedEnd() {
        return ledger.isFinished() && next >= ledger.windowEnd();
    }

    /** True if every record read has been handed over and acknowledged. */
    boolean isDrained() {
        return outstanding == 0 && tracker.first() == tracker.end();
    }

    public ConsumerStatus status() {
        ledger.lock();
        try {
            ConsumerStatus.State state = ConsumerStatus.State.RUNNING;
            if (exhausted) {
                state = ConsumerStatus.State.EXHAUSTED;
            } else if (!attached || suspended) {
                state = ConsumerStatus.State.SUSPENDED;
            } else if (paused) {
                state = ConsumerStatus.State.BACKING_OFF;
            } else if (boundSince != 0) {
                state = ConsumerStatus.State.HELD;
            }
            Map.Entry<Long, Failure> failure = failures.firstEntry();
            return new ConsumerStatus(
                    name(),
                    options.ack(),
                    state,
                    position(),
                    outstanding,
                    Math.max(0, handedEnd - tracker.first()),
                    tracker.first() < tracker.end() ? tracker.index(tracker.first()) : -1,
                    boundSince == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(ledger.now() - boundSince),
                    failure == null || !paused && !exhausted
                            ? null
                            : failure.getValue().cause().toString(),
                    counters.delivered,
                    counters.acknowledged,
                    counters.filtered,
                    counters.failed,
                    counters.redelivered);
        } finally {
            ledger.unlock();
        }
    }
}
