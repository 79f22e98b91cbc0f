// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** An outage of a sink while it lasts. */
final class Trouble {
    private static final long STANDS = 900;
    private static final long WORKS = 100;

    private final Sink sink;
    private final Outage outage;
    private final Thread pulse = new Thread(this::pulse, "pulse");
    private volatile boolean over;

    private Trouble(Sink sink, Outage outage) {
        this.sink = sink;
        this.outage = outage;
    }

    static Trouble begin(Sink sink, Outage outage) throws Exception {
        Trouble trouble = new Trouble(sink, outage);
        switch (outage) {
            case KILLED -> sink.kill();
            case FROZEN -> sink.freeze();
            case SLOW -> trouble.pulse.start();
            default -> sink.begin(outage);
        }
        return trouble;
    }

    void end() throws Exception {
        over = true;
        switch (outage) {
            case KILLED -> sink.restart();
            case FROZEN -> sink.thaw();
            case SLOW -> pulse.join();
            default -> sink.end(outage);
        }
    }

    private void pulse() {
        try {
            while (!over) {
                sink.freeze();
                TimeUnit.MILLISECONDS.sleep(STANDS);
                sink.thaw();
                TimeUnit.MILLISECONDS.sleep(WORKS);
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
