// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ack.ConsumerLedger;
import io.github.camellustre.changelog.ack.Handout;
import io.github.camellustre.changelog.ack.Token;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that hands the records of one MDT to one consumer. It is not the reading thread, so that a consumer that
 * blocks does not keep the others waiting.
 */
final class ConsumerWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerWorker.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConsumerLedger consumer;
    private final RecordHandler handler;
    private final boolean batching;
    private volatile boolean stopped;

    ConsumerWorker(ConsumerLedger consumer, RecordHandler handler, boolean batching) {
        this.consumer = consumer;
        this.handler = handler;
        this.batching = batching;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                Handout handout = consumer.take(PAUSE_NANOS);
                if (handout == null) {
                    completeGroups();
                } else if (handout.exhaustedBy() != null) {
                    handExhausted(handout);
                } else if (batching) {
                    handBatch(handout);
                } else {
                    handRecords(handout);
                }
            } catch (InterruptedException e) {
                // ends if it was stopped; an interrupt that a handler left behind is nothing to end for
            }
        }
    }

    private void completeGroups() {
        try {
            if (consumer.isHeldByGroupsOnly()) {
                handler.onOnlyGroupsHold();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: consumer '{}': cannot complete the groups that hold it", consumer.mdt(), consumer.name(), e);
        }
    }

    private void handBatch(Handout handout) {
        Token token = handout.batchToken();
        try {
            handler.onBatch(handout.batch(), token);
        } catch (RuntimeException | Error e) {
            fail(token, e);
        }
    }

    private void handRecords(Handout handout) {
        for (int i = 0; i < handout.count(); i++) {
            if (stopped || !handout.isCurrent()) {
                handout.giveBack(i);
                return;
            }
            Token token = handout.token(i);
            try {
                handler.onRecord(handout.record(i), token);
            } catch (RuntimeException | Error e) {
                fail(token, e);
            }
        }
    }

    private void handExhausted(Handout handout) {
        Token token = handout.batchToken();
        try {
            handler.onExhausted(handout.batch(), token, handout.exhaustedBy());
        } catch (RuntimeException | Error e) {
            fail(token, e);
        }
    }

    private void fail(Token token, Throwable cause) {
        token.fail(cause);
        try {
            token.release();
        } catch (IllegalStateException e) {
            LOG.error(
                    "{}: consumer '{}': the handler has both released the token of index {} and thrown: {}",
                    consumer.mdt(),
                    consumer.name(),
                    token.firstIndex(),
                    cause.toString());
        }
    }

    /** Ends the thread after the record it is handing over. */
    void stop() {
        stopped = true;
    }
}
