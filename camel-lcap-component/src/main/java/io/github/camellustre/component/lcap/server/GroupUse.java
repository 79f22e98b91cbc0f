// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.component.lcap.group.GroupCounters;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A group, for one who sends records into it. Of any thread. */
public final class GroupUse {
    private final LcapServer server;
    private final ServedGroup group;
    private final AtomicBoolean stopping = new AtomicBoolean();

    GroupUse(LcapServer server, ServedGroup group) {
        this.server = server;
        this.group = group;
    }

    public LcapServer server() {
        return server;
    }

    /**
     * Sends records into the group, behind all that were sent before. Never waits.
     *
     * @param records of one MDT, one at least
     * @param whenDone is told once that all of them are dealt with (null), or why the group gave up
     */
    public void offer(ChangelogBatch records, Consumer<Throwable> whenDone) {
        server.offer(new Offer(group, records, whenDone));
    }

    /** Nothing new will come from here. If that is so for all users, a group without readers gives up what it holds. */
    public void prepareStop() {
        if (stopping.compareAndSet(false, true)) {
            server.execute(group::userStops);
        }
    }

    /**
     * Ends the use. The last one waits until the readers have gone or been silent for the group's linger, and fails what
     * none of them has acknowledged.
     *
     * @return true if the group has ended
     */
    public boolean release() throws IOException {
        prepareStop();
        CompletableFuture<Void> over = new CompletableFuture<>();
        boolean last = server.call(() -> group.removeUser(over));
        if (last) {
            await(over);
        }
        return last;
    }

    private void await(CompletableFuture<Void> over) throws IOException {
        while (!over.isDone() && server.isAlive()) {
            try {
                over.get(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(group + ": interrupted while its readers say goodbye", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (java.util.concurrent.TimeoutException e) {
                // looks again whether the server lives
            }
        }
    }

    /** Of each MDT, not older than a tenth of a second. */
    public Map<String, GroupCounters> counters() {
        return group.published();
    }

    @Override
    public String toString() {
        return group.toString();
    }
}
