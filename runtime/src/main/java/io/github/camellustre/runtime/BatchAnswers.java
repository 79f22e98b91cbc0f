// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Kafka's answers to the messages of a batch: one answer, when the last is there. Done with the first failure, if there was one. */
final class BatchAnswers extends CompletableFuture<RecordMetadata> implements Callback {
    /** One more than messages, until all have been handed over. */
    private final AtomicInteger open;

    /** Null if there is nobody to call. */
    private final Callback answered;

    private volatile Exception failure;

    BatchAnswers(int messages, Callback answered) {
        this.open = new AtomicInteger(messages + 1);
        this.answered = answered;
    }

    boolean hasFailed() {
        return failure != null;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception problem) {
        if (problem != null && failure == null) {
            failure = problem;
        }
        close(1, metadata);
    }

    /** All are handed over but so many. */
    void noMore(int unsent) {
        close(unsent + 1, null);
    }

    private void close(int count, RecordMetadata metadata) {
        if (open.addAndGet(-count) > 0) {
            return;
        }
        Exception problem = failure;
        if (problem == null) {
            complete(metadata);
        } else {
            completeExceptionally(problem);
        }
        if (answered != null) {
            answered.onCompletion(metadata, problem);
        }
    }
}
