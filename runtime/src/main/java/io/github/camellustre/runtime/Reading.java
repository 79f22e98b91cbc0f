// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.LcapException;
import io.github.camellustre.lcap.LcapReader;
import io.github.camellustre.lcap.LcapReaderBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Readers, one for each MDT and each in a thread of its own, and one printer. A record is acknowledged when it was printed
 * and has left this process, and only then. {@link #requestStop} may come from any thread.
 */
final class Reading {
    /** What the system says when whoever reads our output has gone. */
    private static final String GONE = "Broken pipe";

    private final List<Thread> threads = new ArrayList<>();
    /** Those that may be waiting for records; one that says good-bye must not be interrupted. */
    private final Set<Thread> reading = new HashSet<>();

    private final Printer printer;
    private final boolean acknowledges;
    private final boolean needsAcknowledgement;
    private boolean stopped;
    private boolean failed;

    /** @param needsAcknowledgement whether there is no second batch before the first is acknowledged */
    Reading(List<LcapReaderBuilder> readers, Printer printer, boolean acknowledges, boolean needsAcknowledgement) {
        this.printer = printer;
        this.acknowledges = acknowledges;
        this.needsAcknowledgement = needsAcknowledgement;
        for (LcapReaderBuilder reader : readers) {
            threads.add(new Thread(() -> read(reader), "read-" + threads.size()));
        }
    }

    /** Returns when all have come to their end, or when it was stopped. */
    int run() throws InterruptedException {
        synchronized (this) {
            if (stopped) {
                return ExitCode.DONE;
            }
            reading.addAll(threads);
            threads.forEach(Thread::start);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        synchronized (this) {
            return failed ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    /** Returns at once. What is being printed is printed to its end and acknowledged. */
    synchronized void requestStop() {
        stopped = true;
        reading.forEach(Thread::interrupt);
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void read(LcapReaderBuilder builder) {
        try (LcapReader reader = builder.start()) {
            printAll(reader);
        } catch (InterruptedException e) {
            // stopped while it waited
        } catch (LcapException | IllegalArgumentException e) {
            // the second: of an MDT's name or of the source's, which only the start looks at
            fail(e.getMessage());
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains(GONE)) {
                requestStop();
            } else {
                fail("cannot print: " + e.getMessage());
            }
        }
        if (printer.isDone()) {
            requestStop();
        }
    }

    private void printAll(LcapReader reader) throws LcapException, IOException, InterruptedException {
        try {
            print(reader);
        } finally {
            synchronized (this) {
                reading.remove(Thread.currentThread());
            }
        }
    }

    private void print(LcapReader reader) throws LcapException, IOException, InterruptedException {
        while (!isStopped()) {
            ChangelogBatch next = next(reader);
            if (next.isEmpty() || printer.print(next) < next.size()) {
                return;
            }
            if (!acknowledges && needsAcknowledgement) {
                return;
            }
            reader.clear();
            if (printer.isDone()) {
                return;
            }
        }
    }

    /** A batch, or one record where not all of a batch may be printed: what was not received is not acknowledged. */
    private ChangelogBatch next(LcapReader reader) throws LcapException, InterruptedException {
        if (!printer.counts() || !acknowledges) {
            return reader.receiveBatch();
        }
        ChangelogRecord record = reader.receive();
        return record == null ? ChangelogBatch.empty() : ChangelogBatch.of(List.of(record));
    }

    private synchronized void fail(String message) {
        if (!failed) {
            // as the other commands say what went wrong
            System.err.println("camel-lustre: " + message);
        }
        failed = true;
        requestStop();
    }
}
