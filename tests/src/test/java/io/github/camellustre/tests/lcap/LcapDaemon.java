// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.lcap;

import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The daemon with the policy that replaces lcapd, on a free port. */
final class LcapDaemon implements AutoCloseable {
    private final int port;
    private final DaemonProcess process;

    private LcapDaemon(int port, DaemonProcess process) {
        this.port = port;
        this.process = process;
    }

    /** @param arguments of {@code camel-lustre run} besides the policy and its address */
    static LcapDaemon start(Path folder, String... arguments) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return start(folder, free.getLocalPort(), arguments);
        }
    }

    static LcapDaemon start(Path folder, int port, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("run", "--policies", "lcap", "--set", "lcap.address=127.0.0.1:" + port));
        all.addAll(List.of(arguments));
        return new LcapDaemon(port, DaemonProcess.start(folder, all.toArray(String[]::new)));
    }

    int port() {
        return port;
    }

    DaemonProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
