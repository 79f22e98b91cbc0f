// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import java.io.IOException;

/** Makes a process stand still, and go on. By the shell, which has it built in: procps may be missing. */
public final class Signals {
    private Signals() {}

    public static void stop(long pid) throws IOException, InterruptedException {
        send("STOP", pid);
    }

    public static void go(long pid) throws IOException, InterruptedException {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        String command = "kill -" + signal + " " + pid;
        if (new ProcessBuilder("/bin/sh", "-c", command).start().waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }
}
