// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one consumer is handed next: the records from where it stands, less those that it does not want, within its bound,
 * one by one or as batches, and after a failure from its first unacknowledged record on. Guarded by the ledger's lock.
 */
final class HandOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    /** Records handed out under one lock when they go out one by one. */
    private static final int SINGLES_PER_HANDOUT = 256;

    private final MdtLedger ledger;
    private final LedgerLock lock;
    private final ConsumerLedger consumer;
    private final Acknowledgements acks;
    private final Deliveries deliveries;
    private final Failures failures;
    private final ConsumerCounters counters;

    private long next;
    private long handedEnd;
    /** What {@link #handedEnd} was before the newest handout. */
    private long handedBefore;

    private long boundSince;

    HandOver(
            MdtLedger ledger,
            ConsumerLedger consumer,
            Acknowledgements acks,
            Deliveries deliveries,
            Failures failures,
            ConsumerCounters counters) {
        this.ledger = ledger;
        this.lock = ledger.lock();
        this.consumer = consumer;
        this.acks = acks;
        this.deliveries = deliveries;
        this.failures = failures;
        this.counters = counters;
    }

    /** A new reading begins at {@code firstSlot}. */
    void restart(long firstSlot) {
        next = firstSlot;
        handedEnd = firstSlot;
        handedBefore = firstSlot;
        failures.restart(firstSlot);
        deliveries.next();
    }

    /** The next records to hand over; null if there are none before the time is over. Called under the lock. */
    Handout take(long waitNanos) throws InterruptedException {
        long deadline = lock.now() + waitNanos;
        while (true) {
            long now = lock.now();
            Handout handout = tryTake(now);
            if (handout != null) {
                counters.delivered += handout.count();
                return handout;
            }
            long wait = deadline - now;
            if (deliveries.isPaused() && deliveries.outstanding() == 0) {
                wait = Math.min(wait, failures.resumeAt() - now);
            }
            if (wait <= 0) {
                return null;
            }
            lock.awaitWork(wait);
        }
    }

    private Handout tryTake(long now) {
        if (!consumer.attendance().isServed()
                || ledger.isRewinding()
                || deliveries.isPaused() && !resumeAfterFailure(now)) {
            return null;
        }
        // a late success, or acknowledgeUpTo, may have passed what was to come next
        next = Math.max(next, acks.first());
        skipUnwanted();
        long end = ledger.window().end();
        if (next >= end) {
            held(deliveries.outstanding() > 0 && !ledger.hasSpace(), now);
            return null;
        }
        ConsumerOptions options = consumer.options();
        long room = acks.checkpointedFirst() + options.maxInFlight() - next;
        if (room <= 0) {
            held(true, now);
            if (acks.uncheckpointed() > 0) {
                ledger.checkpointSoon();
            }
            return null;
        }
        Window window = ledger.window();
        Window.Span span = options.batching() ? window.joined(next, options.maxBatch()) : window.span(next);
        Failures.Failure failure = failures.exhaustedAt(acks.index(next), options);
        if (failure != null && deliveries.outstanding() > 0) {
            // What is out may fail and come again, and would then be behind this one, which would come again with it.
            held(true, now);
            return null;
        }
        held(false, now);
        if (failure != null) {
            return exhaust(span, failure);
        }
        return options.batching() ? handBatch(span, room) : handSingles(span, room);
    }

    private boolean resumeAfterFailure(long now) {
        if (deliveries.outstanding() > 0 || now < failures.resumeAt()) {
            return false;
        }
        deliveries.goOn();
        if (consumer.options().redelivery() == Redelivery.ORDERED) {
            acks.takeBack();
        }
        next = acks.first();
        failures.forgetBelow(next < acks.end() ? acks.index(next) : Long.MAX_VALUE);
        return true;
    }

    private void held(boolean atBound, long now) {
        if (!atBound) {
            boundSince = 0;
        } else if (boundSince == 0) {
            boundSince = now == 0 ? 1 : now;
        }
    }

    private Handout exhaust(Window.Span span, Failures.Failure failure) {
        if (consumer.options().onExhausted() == OnExhausted.STOP) {
            LOG.error(
                    "{}: consumer '{}' stops at index {}: it failed {} times, the last time with {}. It holds the clear."
                            + " Mend the route or the sink and restart it, or set onExhausted=deadLetter",
                    consumer.mdt(),
                    consumer.name(),
                    acks.index(next),
                    failure.times(),
                    failure.cause().toString());
            consumer.attendance().exhaust();
            return null;
        }
        return handOver(span, 1, 1, null, failure.cause());
    }

    private Handout handBatch(Window.Span span, long room) {
        int most = failures.suspects().next(next, consumer.options().maxBatch());
        int available = (int) Math.min(room, span.endSlot() - next);
        if (!needsChecks()) {
            int count = Math.min(most, available);
            return handOver(span, count, count, null, null);
        }
        int[] picks = new int[Math.min(most, available)];
        int count = 0;
        int slots = 0;
        long before = acks.first();
        while (slots < available && count < most) {
            long slot = next + slots++;
            if (isUnwanted(slot, span)) {
                acks.skip(slot);
            } else {
                picks[count++] = (int) (slot - span.firstSlot());
            }
        }
        consumer.advanced(before);
        return handOver(span, slots, count, Arrays.copyOf(picks, count), null);
    }

    private Handout handSingles(Window.Span span, long room) {
        int most = failures.suspects().contains(next) ? 1 : SINGLES_PER_HANDOUT;
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
        deliveries.handedOver(count);
        if (first < handedEnd) {
            counters.redelivered += count;
        }
        handedBefore = handedEnd;
        handedEnd = Math.max(handedEnd, next);
        int from = (int) (first - span.firstSlot());
        return new Handout(consumer, span.block(), deliveries.current(), first, from, picks, count, next, exhaustedBy);
    }

    private boolean needsChecks() {
        ConsumerOptions options = consumer.options();
        return options.types() != null
                || next < acks.knownEnd()
                || options.redelivery() == Redelivery.MISSING && next < handedEnd;
    }

    private boolean isUnwanted(long slot, Window.Span span) {
        ConsumerOptions options = consumer.options();
        int at = (int) (slot - span.firstSlot());
        if (options.types() != null && !options.wants(span.block().typeNumber(at))) {
            return true;
        }
        if (slot < acks.knownEnd() && (acks.isBeforeStart(slot) || acks.isAcknowledged(slot) && slot >= handedEnd)) {
            return true;
        }
        return options.redelivery() == Redelivery.MISSING && acks.isAcknowledged(slot);
    }

    /** Acknowledges the records at the front that this consumer does not want: no exchange is made for them. */
    private void skipUnwanted() {
        long end = ledger.window().end();
        if (next >= end || !needsChecks()) {
            return;
        }
        long before = acks.first();
        Window.Span span = ledger.window().span(next);
        while (isUnwanted(next, span)) {
            acks.skip(next);
            next++;
            if (next >= end) {
                break;
            }
            if (next >= span.endSlot()) {
                span = ledger.window().span(next);
            }
        }
        consumer.advanced(before);
    }

    /** Records of the newest handout, from {@code firstSlot} on, were not handed over after all. */
    void giveBack(long firstSlot, int count) {
        next = Math.min(next, firstSlot);
        handedEnd = Math.max(handedBefore, next);
        counters.delivered -= count;
    }

    /** The consumer leaves: no bound holds it any more. */
    void unbind() {
        boundSince = 0;
    }

    /** Slot of the record that comes next. */
    long next() {
        return next;
    }

    /** Slot behind the newest record that was ever handed over in this reading. */
    long handedEnd() {
        return handedEnd;
    }

    /** When a bound began to hold the consumer; 0 if none does. */
    long boundSince() {
        return boundSince;
    }
}
