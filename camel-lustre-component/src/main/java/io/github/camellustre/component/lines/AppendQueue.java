// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges that wait for one file, in order. Whoever writes takes all that wait, so that exchanges of one record
 * each share a write and an fsync; a thread is used only while there is something to write. Completions run in the
 * order of the file, on the writing thread.
 */
final class AppendQueue {
    private static final Logger LOG = LoggerFactory.getLogger(AppendQueue.class);

    /** Bytes from which on a group takes no further exchange. */
    private static final int GROUP = 4 << 20;

    /** Bytes of buffer that are kept for the next group. */
    private static final int KEPT = 16 << 20;

    private record Append(List<ChangelogRecord> records, Delivery delivery) {}

    private final LineFile file;
    private final LineEncoder encoder;
    private final Executor executor;
    private final Queue<Append> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private RecordBuffer buffer = new RecordBuffer();
    private volatile Thread writer;
    private boolean closed;

    AppendQueue(LineFile file, LineEncoder encoder, Executor executor) {
        this.file = file;
        this.encoder = encoder;
        this.executor = executor;
    }

    void submit(List<ChangelogRecord> records, Delivery delivery) {
        Append append = new Append(records, delivery);
        if (writer == Thread.currentThread()) {
            // The rest of a route that we complete sends to this file again and may wait for it: queued, it would wait
            // for itself.
            write(new ArrayDeque<>(List.of(append)));
            return;
        }
        waiting.add(append);
        if (pending.getAndIncrement() == 0) {
            resume();
        }
    }

    private void resume() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            drain();
        }
    }

    private void drain() {
        int taken = 0;
        writer = Thread.currentThread();
        try {
            taken = write(waiting);
        } finally {
            writer = null;
        }
        if (pending.addAndGet(-taken) > 0) {
            resume();
        }
    }

    /** Writes and completes what {@code queue} holds, at most one group. @return number of exchanges */
    private int write(Queue<Append> queue) {
        List<Append> taken = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        Throwable failure = null;
        synchronized (file) {
            buffer.reset();
            Append next;
            while (buffer.size() < GROUP && (next = queue.poll()) != null) {
                taken.add(next);
                failures.add(encode(next));
            }
            if (buffer.size() > 0) {
                failure = append();
            }
            if (buffer.capacity() > KEPT) {
                buffer = new RecordBuffer();
            }
        }
        for (int i = 0; i < taken.size(); i++) {
            complete(taken.get(i).delivery(), failures.get(i) == null ? failure : failures.get(i));
        }
        return taken.size();
    }

    /** A record that cannot be written fails its own exchange only. */
    private Throwable encode(Append append) {
        int before = buffer.size();
        try {
            encoder.write(append.records(), append.delivery().exchange(), buffer);
            return null;
        } catch (IOException | RuntimeException e) {
            buffer.truncate(before);
            return e;
        }
    }

    private Throwable append() {
        try {
            if (closed) {
                throw new LineFileException(
                        file.path(), "the endpoint has stopped", "The records come again after its start");
            }
            file.append(buffer.array(), buffer.size());
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private void complete(Delivery delivery, Throwable failure) {
        try {
            delivery.partDone(failure);
        } catch (RuntimeException e) {
            LOG.error("{}: completing an exchange failed", file.path(), e);
        }
    }

    void completeIfDue() throws IOException {
        synchronized (file) {
            if (!closed) {
                file.completeIfDue();
            }
        }
    }

    /** Waits for a write that is under way; what still waits then fails. */
    void close() {
        synchronized (file) {
            closed = true;
            file.close();
        }
    }
}
