// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the records of one MDT on threads of its own: a file system that hangs takes up these and no others. An answer
 * that is late is not waited for, but its thread counts until it is back. When all are late nothing more is asked.
 */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final long IDLE_SECONDS = 30;

    private final String mdt;
    private final PathOptions options;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicBoolean hangs = new AtomicBoolean();

    Desk(String mdt, PathOptions options) {
        this.mdt = mdt;
        this.options = options;
        threads = new ThreadPoolExecutor(
                options.maxLookUps(),
                options.maxLookUps(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                this::thread,
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lustre-path-" + mdt + "-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param question what it throws is thrown by the answer
     * @param timedOut in place of an answer that is not there in time
     * @param busy in place of one while all threads are late
     */
    <T> CompletableFuture<T> ask(Supplier<T> question, T timedOut, T busy) {
        if (late.get() >= options.maxLookUps()) {
            return CompletableFuture.completedFuture(busy);
        }
        Call<T> call = new Call<>(question);
        threads.execute(call);
        return call.answer
                .orTimeout(options.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> abandon(call, failure, timedOut));
    }

    private <T> T abandon(Call<T> call, Throwable failure, T timedOut) {
        if (!(failure instanceof TimeoutException)) {
            throw new CompletionException(failure);
        }
        call.abandon();
        if (!hangs.getAndSet(true)) {
            LOG.warn(
                    "{}: a look-up was not answered within {} ms, so records go on without it; at most {} threads wait for"
                            + " such answers",
                    mdt,
                    options.timeout().toMillis(),
                    options.maxLookUps());
        }
        return timedOut;
    }

    int late() {
        return late.get();
    }

    void close() {
        threads.shutdownNow();
    }

    /** One question. */
    private final class Call<T> implements Runnable {
        private final Supplier<T> question;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private boolean isRunning;
        private boolean isAbandoned;

        Call(Supplier<T> question) {
            this.question = question;
        }

        @Override
        public void run() {
            if (begin()) {
                try {
                    T found = question.get();
                    end();
                    answer.complete(found);
                } catch (RuntimeException | Error e) {
                    // else its thread would count as late for good
                    end();
                    answer.completeExceptionally(e);
                }
            }
        }

        private synchronized boolean begin() {
            isRunning = !isAbandoned;
            return isRunning;
        }

        private synchronized void end() {
            isRunning = false;
            if (isAbandoned) {
                late.decrementAndGet();
            }
            if (late.get() == 0 && hangs.getAndSet(false)) {
                LOG.info("{}: look-ups are answered again", mdt);
            }
        }

        synchronized void abandon() {
            isAbandoned = true;
            if (isRunning) {
                late.incrementAndGet();
            }
        }
    }
}
