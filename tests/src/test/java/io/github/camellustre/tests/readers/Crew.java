// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Readers that shall always be there. As a site would have it, one that ends by a known weakness is started again. */
final class Crew {
    private final Set<Integer> forgiven;
    private final List<ReaderProcess> readers = new ArrayList<>();
    private final Set<Integer> waiting = new HashSet<>();
    /** MDTs of those that wait. */
    private final Set<String> awaited = new HashSet<>();

    private int restarts;

    /** @param forgiven exit statuses of such weaknesses */
    Crew(Set<Integer> forgiven) {
        this.forgiven = forgiven;
    }

    /** One that asks now and then. */
    void add(ReaderProcess reader) {
        readers.add(reader);
    }

    /** One that waits at the server for what comes, so that whoever asks now and then may find nothing left, for ever. */
    void addWaiting(ReaderProcess reader) {
        waiting.add(readers.size());
        awaited.add(reader.mdt());
        readers.add(reader);
    }

    /** Looks after all of them. */
    void mind() throws IOException, Violation {
        for (int i = 0; i < readers.size(); i++) {
            ReaderProcess reader = readers.get(i);
            if (!reader.isAlive()) {
                if (!forgiven.contains(reader.exitStatus())) {
                    throw new Violation("ended with " + reader.exitStatus() + ": " + reader);
                }
                readers.set(i, reader.again());
                restarts++;
            }
        }
    }

    /** Bytes that each one has logged. */
    List<Long> logged() throws IOException {
        List<Long> logged = new ArrayList<>();
        for (ReaderProcess reader : readers) {
            logged.add(reader.logged());
        }
        return logged;
    }

    /** One that has logged nothing since, or null. Where one waits, it alone has to. */
    ReaderProcess idleSince(List<Long> logged) throws IOException {
        for (int i = 0; i < readers.size(); i++) {
            ReaderProcess reader = readers.get(i);
            boolean isGiven = waiting.contains(i) || !awaited.contains(reader.mdt());
            if (isGiven && reader.logged() <= logged.get(i)) {
                return reader;
            }
        }
        return null;
    }

    int restarts() {
        return restarts;
    }

    /** One that has found nothing since the last fault may still wait for an answer that was lost in it. */
    void leave() throws InterruptedException, Violation {
        for (ReaderProcess reader : readers) {
            reader.leave(forgiven);
        }
    }

    void kill() {
        for (ReaderProcess reader : readers) {
            reader.kill();
        }
    }
}
