// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Kafka's answers to the messages of a batch: one answer, when the last is there. */
final class BatchAnswers extends CompletableFuture<RecordMetadata> implements Callback {
    /** One more than messages, until all have been handed over. */
    private final AtomicInteger open;

    private final AtomicInteger refusals = new AtomicInteger();
    private final Function<BatchAnswers, Exception> verdict;

    /** Null if there is nobody to call. */
    private final Callback answered;

    private volatile Exception failure;
    private volatile Exception refusal;

    /** @param verdict asked when the last answer is there: what to tell, or null if all is well */
    BatchAnswers(int messages, Function<BatchAnswers, Exception> verdict, Callback answered) {
        this.open = new AtomicInteger(messages + 1);
        this.verdict = verdict;
        this.answered = answered;
    }

    /** Whether Kafka says that of what is in a message: it would be refused for ever. */
    static boolean isRefusal(Throwable problem) {
        return problem instanceof RecordTooLargeException || problem instanceof InvalidRecordException;
    }

    /** The first that is no refusal; null if there is none. */
    Exception failure() {
        return failure;
    }

    /** The first; null if there is none. */
    Exception refusal() {
        return refusal;
    }

    int refusals() {
        return refusals.get();
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception problem) {
        if (isRefusal(problem)) {
            if (refusals.getAndIncrement() == 0) {
                refusal = problem;
            }
        } else if (problem != null && failure == null) {
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
        Exception problem = verdict.apply(this);
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
