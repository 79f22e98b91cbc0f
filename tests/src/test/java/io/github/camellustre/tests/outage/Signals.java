// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import java.io.IOException;

/** Makes a process stand still, and go on. */
final class Signals {
    private Signals() {}

    static void stop(long pid) throws IOException, InterruptedException {
        send("-STOP", pid);
    }

    static void go(long pid) throws IOException, InterruptedException {
        send("-CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor() != 0) {
            throw new IOException("cannot send " + signal + " to " + pid);
        }
    }
}
