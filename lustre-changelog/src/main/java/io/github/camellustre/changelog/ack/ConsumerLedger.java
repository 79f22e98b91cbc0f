// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    private final MdtLedger ledger;
    private ConsumerOptions options;
    private final AtomicLong parked = new AtomicLong();
    private final Failures failures = new Failures();
    private final RestoredAcks restored = new RestoredAcks();
    private final FormerSlots former = new FormerSlots();

    private AckTracker tracker;
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

    private boolean attached;
    private boolean positioned;
    private boolean joining;
    /** Left behind by a rewind because its tokens did not come back; joins again when they do. */
    private volatile boolean detained;

    private volatile boolean suspended;
    private boolean exhausted;
    private long boundSince;
    private final ConsumerCounters counters = new ConsumerCounters();

    /**
     * @param ranges acknowledged above {@code position}
     * @param skipToEnd true if everything up to the first end of the stream counts as acknowledged
     * @param positioned true if {@code position} is one to go back to even if nothing is ever read
     */
    ConsumerLedger(
            MdtLedger ledger,
            ConsumerOptions options,
            long position,
            long[] ranges,
            boolean skipToEnd,
            boolean positioned) {
        this.ledger = ledger;
        this.options = options;
        this.startPosition = position;
        this.reportedPosition = position;
        restored.addAll(ranges);
        this.skipToEnd = skipToEnd;
        this.positioned = positioned;
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

    // ---- reading: called by the ledger, under its lock

    /** Starts over at {@code firstSlot}: what is acknowledged by index stays so, everything else will be read again. */
    void restart(long firstSlot) {
        long position = position();
        restored.addAll(tracker.ranges());
        restored.forgetUpTo(position);
        former.add(tracker);
        startPosition = position;
        long notOnDisk = uncheckpointed();
        tracker = new AckTracker(firstSlot, position);
        next = firstSlot;
        handedEnd = firstSlot;
        preAcknowledgedEnd = firstSlot;
        checkpointedFirst = firstSlot - notOnDisk;
        failures.restart(firstSlot);
        nextDelivery();
        joining = false;
        attached = true;
        positioned = true;
    }

    /** @param holdAt null, or for records that fill a hole the index at which the position must stay; 0 for all others */
    void add(RecordBlock block, long[] holdAt) {
        int count = block.count();
        restored.forgetUpTo(position());
        boolean plain = !skipToEnd && holdAt == null && restored.isEmpty();
        for (int i = 0; i < count; i++) {
            long index = block.index(i);
            if (plain && index > startPosition) {
                tracker.add(index, false);
            } else if (isKnown(index)) {
                tracker.add(index, true);
                preAcknowledgedEnd = tracker.end();
            } else if (holdAt != null && holdAt[i] != 0) {
                tracker.addOutOfOrder(index, holdAt[i]);
            } else {
                tracker.add(index, false);
            }
        }
    }

    private boolean isKnown(long index) {
        return index <= startPosition
                || skipToEnd
                || options.redelivery() == Redelivery.MISSING && restored.contains(index);
    }

    /** A hole in the indexes has opened, moved or closed: the position stays at or below {@code index}. */
    void holeLimit(long index) {
        tracker.limit(index);
    }

    /** A consumer that starts at the newest record has found it. */
    void endOfStream() {
        skipToEnd = false;
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
                    wait = Math.min(wait, failures.resumeAt() - now);
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
        if (!attached || suspended || ledger.isRewinding() || paused && !resumeAfterFailure(now)) {
            return null;
        }
        // a late success, or acknowledgeUpTo, may have passed what was to come next
        next = Math.max(next, tracker.first());
        skipUnwanted();
        long end = ledger.windowEnd();
        if (next >= end) {
            held(outstanding > 0 && !ledger.hasSpace(), now);
            return null;
        }
        long room = checkpointedFirst + options.maxInFlight() - next;
        if (room <= 0) {
            held(true, now);
            if (tracker.first() > checkpointedFirst) {
                ledger.checkpointSoon();
            }
            return null;
        }
        held(false, now);
        Window.Span span = ledger.span(next);
        Failures.Failure failure = failures.exhaustedAt(tracker.index(next), options);
        if (failure != null) {
            return exhaust(span, failure);
        }
        return options.batching() ? handBatch(span, room) : handSingles(span, room);
    }

    private void held(boolean atBound, long now) {
        if (!atBound) {
            boundSince = 0;
        } else if (boundSince == 0) {
            boundSince = now == 0 ? 1 : now;
        }
    }

    private Handout exhaust(Window.Span span, Failures.Failure failure) {
        if (options.onExhausted() == OnExhausted.STOP) {
            exhausted = true;
            LOG.error(
                    "{}: consumer '{}' stops at index {}: it failed {} times, the last time with {}. It holds the clear."
                            + " Mend the route or the sink and restart it, or set onExhausted=deadLetter",
                    mdt(),
                    name(),
                    tracker.index(next),
                    failure.times(),
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
        int most = failures.most(next, options.maxBatch());
        int available = (int) Math.min(room, span.endSlot() - next);
        if (!needsChecks()) {
            int count = Math.min(most, available);
            return handOver(span, count, count, null, null);
        }
        int[] picks = new int[Math.min(most, available)];
        int count = 0;
        int slots = 0;
        long before = tracker.first();
        while (slots < available && count < most) {
            long slot = next + slots++;
            if (isUnwanted(slot, span)) {
                skip(slot);
            } else {
                picks[count++] = (int) (slot - span.firstSlot());
            }
        }
        advanced(before);
        return handOver(span, slots, count, Arrays.copyOf(picks, count), null);
    }

    private Handout handSingles(Window.Span span, long room) {
        int most = failures.isSuspect(next) ? 1 : SINGLES_PER_HANDOUT;
        int available = (int) Math.min(Math.min(room, most), span.endSlot() - next);
        int count = 0;
        boolean checks = needsChecks();
        while (count < available && !(checks && isUnwanted(next + count, span))) {
            count++;
        }
        return handOver(span, count, count, null, null);
    }

    private Handout handOver(Window.Span span, int slots, int count, int[] picks, Throwable exhaustedBy) {
        long first = next;
        next += slots;
        outstanding += count;
        if (first < handedEnd) {
            counters.redelivered += count;
        }
        handedEnd = Math.max(handedEnd, next);
        return new Handout(
                this, span.block(), delivery, first, (int) (first - span.firstSlot()), picks, count, next, exhaustedBy);
    }

    private boolean needsChecks() {
        return options.types() != null
                || next < preAcknowledgedEnd
                || options.redelivery() == Redelivery.MISSING && next < handedEnd;
    }

    private boolean isUnwanted(long slot, Window.Span span) {
        int at = (int) (slot - span.firstSlot());
        if (options.types() != null && !options.wants(span.block().typeNumber(at))) {
            return true;
        }
        if (slot < preAcknowledgedEnd
                && (tracker.index(slot) <= startPosition || tracker.isAcknowledged(slot) && slot >= handedEnd)) {
            return true;
        }
        return options.redelivery() == Redelivery.MISSING && tracker.isAcknowledged(slot);
    }

    /** Acknowledges the records at the front that this consumer does not want: no exchange is made for them. */
    private void skipUnwanted() {
        long end = ledger.windowEnd();
        if (next >= end || !needsChecks()) {
            return;
        }
        long before = tracker.first();
        Window.Span span = ledger.span(next);
        while (isUnwanted(next, span)) {
            skip(next);
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

    private void skip(long slot) {
        if (tracker.acknowledge(slot)) {
            counters.filtered++;
        }
    }

    private boolean resumeAfterFailure(long now) {
        if (outstanding > 0 || now < failures.resumeAt()) {
            return false;
        }
        paused = false;
        nextDelivery();
        if (options.redelivery() == Redelivery.ORDERED) {
            // they repeat: only when they are acknowledged again may the position pass them
            restored.addAll(tracker.ranges());
            tracker.forgetAcknowledged();
        }
        next = tracker.first();
        failures.forgetBelow(next < tracker.end() ? tracker.index(next) : Long.MAX_VALUE);
        return true;
    }

    /** Voids what is handed out. Under the lock; volatile only for {@link #isCurrent}. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void nextDelivery() {
        delivery++;
    }

    boolean isCurrent(int whichDelivery) {
        return !paused && !suspended && !detained && delivery == whichDelivery;
    }

    void giveBack(long firstSlot, int count, int whichDelivery) {
        ledger.lock();
        try {
            next = whichDelivery == delivery ? Math.min(next, firstSlot) : next;
            returned(count, whichDelivery);
        } finally {
            ledger.unlock();
        }
    }

    // ---- completion: called by any thread

    void completed(Token token, Throwable failure) {
        ledger.lock();
        try {
            if (failure == null) {
                if (options.ack() != AckMode.MANUAL) {
                    acknowledgeSlots(token.firstSlot(), token.endSlot());
                }
            } else if (options.ack() == AckMode.NONE) {
                counters.failed++;
                acknowledgeSlots(token.firstSlot(), token.endSlot());
            } else if (token.delivery() == delivery && !isAllAcknowledged(token)) {
                counters.failed++;
                failures.add(token, failure, !paused, options, ledger.now());
                paused = true;
            }
            returned(token.count(), token.delivery());
        } finally {
            ledger.unlock();
        }
    }

    private void returned(int count, int whichDelivery) {
        if (whichDelivery < revokedBelow) {
            former.returned(count);
            return;
        }
        outstanding -= count;
        if (outstanding == 0) {
            if (detained) {
                detained = false;
                if (suspended) {
                    detach();
                } else {
                    ledger.rejoin(this);
                }
            } else if (suspended && attached) {
                detach();
            }
            ledger.signalWork();
        }
    }

    private boolean isAllAcknowledged(Token token) {
        for (long slot = token.firstSlot(); slot < token.endSlot(); slot++) {
            if (!tracker.isAcknowledged(slot)) {
                return false;
            }
        }
        return true;
    }

    private void acknowledgeSlots(long firstSlot, long endSlot) {
        long before = tracker.first();
        for (long slot = firstSlot; slot < endSlot; slot++) {
            if (tracker.acknowledge(slot)) {
                counters.acknowledged++;
            }
        }
        if (!former.isEmpty()) {
            former.acknowledge(firstSlot, endSlot, this::acknowledgeLate);
        }
        advanced(before);
    }

    /** The success of a token from an earlier reading. */
    private void acknowledgeLate(long index) {
        long slot = tracker.slotOf(index);
        if (slot >= 0) {
            if (tracker.acknowledge(slot)) {
                counters.acknowledged++;
            }
        } else if (index > position()) {
            restored.add(index);
        }
    }

    private void advanced(long before) {
        long first = tracker.first();
        if (first != before) {
            failures.passed(first);
            ledger.advanced(this, first);
        }
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

    void parked(int records) {
        parked.addAndGet(records);
    }

    // ---- coming and going

    /** The ledger has asked for a new reading that this consumer takes part in. */
    void join() {
        joining = true;
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
            if (exhausted) {
                exhausted = false;
                failures.clear();
            }
            if (!attached && !detained) {
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
            if (attached || detained) {
                detach();
            }
        } finally {
            ledger.unlock();
        }
    }

    private void detach() {
        attached = false;
        detained = false;
        nextDelivery();
        revokedBelow = delivery;
        former.revoked(outstanding);
        outstanding = 0;
        paused = false;
        boundSince = 0;
        ledger.detached();
    }

    /** Leaves the window, although tokens are out: they are waited for, but the others are not to wait, too. */
    void detain() {
        LOG.warn(
                "{}: consumer '{}' has had {} records for long, from index {} on: the others go on without it until they are"
                        + " back",
                mdt(),
                name(),
                outstanding,
                tracker.index(tracker.first()));
        attached = false;
        detained = true;
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

    /** Takes records from the window. */
    boolean isAttached() {
        return attached;
    }

    /** Takes part in the next reading from the start. */
    boolean isReading() {
        return attached || joining;
    }

    /** Somebody is served under this name. */
    boolean isActive() {
        return attached || joining || detained;
    }

    /** Whether its position is one to go back to after a restart. */
    boolean hasPosition() {
        return positioned && !skipToEnd;
    }

    AckTracker tracker() {
        return tracker;
    }

    /** Acknowledged above the position, as inclusive ranges. */
    long[] ranges() {
        long[] own = tracker.ranges();
        return restored.isEmpty() ? own : restored.union(own, position());
    }

    void checkpointed(long firstSlot) {
        checkpointedFirst = Math.max(checkpointedFirst, firstSlot);
    }

    long uncheckpointed() {
        return tracker.first() - checkpointedFirst;
    }

    /** Acknowledged up to here, open holes looked at; only grows. */
    long position() {
        reportedPosition = Math.max(reportedPosition, tracker.position());
        return reportedPosition;
    }

    /** Whether the record of that index is acknowledged, as far as it is known here. */
    boolean isAcknowledgedIndex(long index) {
        if (index <= position() || restored.contains(index)) {
            return true;
        }
        long[] ranges = tracker.ranges();
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] <= index && index <= ranges[i + 1]) {
                return true;
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
                    && (paused
                            || !attached
                            || suspended
                            || boundSince != 0
                            || ledger.isRewinding()
                            || isAtFinishedEnd());
        } finally {
            ledger.unlock();
        }
    }

    private boolean isAtFinishedEnd() {
        return ledger.isFinished() && next >= ledger.windowEnd();
    }

    /** True if every record read for it has been handed over and acknowledged. */
    boolean isDrained() {
        return outstanding == 0 && tracker.first() == tracker.end();
    }

    public ConsumerStatus status() {
        ledger.lock();
        try {
            ConsumerStatus.State state = ConsumerStatus.State.RUNNING;
            if (exhausted) {
                state = ConsumerStatus.State.EXHAUSTED;
            } else if (suspended || !isActive()) {
                state = ConsumerStatus.State.SUSPENDED;
            } else if (paused) {
                state = ConsumerStatus.State.BACKING_OFF;
            } else if (boundSince != 0 || detained) {
                state = ConsumerStatus.State.HELD;
            }
            return new ConsumerStatus(
                    name(),
                    options.ack(),
                    state,
                    position(),
                    outstanding,
                    Math.max(0, handedEnd - tracker.first()),
                    tracker.first() < tracker.end() ? tracker.index(tracker.first()) : -1,
                    boundSince == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(ledger.now() - boundSince),
                    paused || exhausted ? failures.oldestCause() : null,
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
