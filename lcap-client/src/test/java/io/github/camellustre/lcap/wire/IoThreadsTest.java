// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

@Timeout(60)
class IoThreadsTest {
    private static final String BATCH = "3";

    /** Of {@code /proc/PID/stat}, counted from the state, which follows the name in parentheses. */
    private static final int POLICY = 38;

    @Test
    void theIoThreadsAreOfTheClassBatch() {
        List<Path> before = threads();
        try (ZContext context = IoThreads.newContext()) {
            ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
            socket.bind("tcp://127.0.0.1:*");
            await().untilAsserted(() -> assertThat(threads())
                    .filteredOn(thread -> !before.contains(thread))
                    .filteredOn(thread -> stat(thread).contains("(iothread-"))
                    .isNotEmpty()
                    .allMatch(thread -> policy(thread).equals(BATCH)));
        }
    }

    private static List<Path> threads() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String policy(Path thread) {
        String stat = stat(thread);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[POLICY];
    }

    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            // it has ended
            return "()";
        }
    }
}
