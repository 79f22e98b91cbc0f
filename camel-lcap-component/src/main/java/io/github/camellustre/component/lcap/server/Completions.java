// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done and has to be told. Not on the server's thread, because the rest of a route runs there, which may take its
 * time; all that one turn completed is one task.
 */
final class Completions {
    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final Executor executor;
    private List<Offer> done = new ArrayList<>();

    Completions(Executor executor) {
        this.executor = executor;
    }

    void add(Offer offer) {
        done.add(offer);
    }

    /** Hands over what was added. */
    void flush() {
        if (done.isEmpty()) {
            return;
        }
        List<Offer> task = done;
        done = new ArrayList<>(task.size());
        try {
            executor.execute(() -> tell(task));
        } catch (RejectedExecutionException e) {
            // the context has stopped: nobody else will do it
            tell(task);
        }
    }

    private static void tell(List<Offer> offers) {
        for (Offer offer : offers) {
            try {
                offer.tell();
            } catch (RuntimeException e) {
                LOG.error("lcap: completing an exchange failed", e);
            }
        }
    }
}
