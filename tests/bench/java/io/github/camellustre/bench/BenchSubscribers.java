// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordFormatException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Several subscribers to all topics, a thread and a socket each. Arguments: server, and how many. */
public final class BenchSubscribers {
    private BenchSubscribers() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        int subscribers = Integer.parseInt(arguments[1]);
        AtomicLongArray counts = new AtomicLongArray(subscribers);
        ZContext zeromq = new ZContext();
        for (int i = 0; i < subscribers; i++) {
            int number = i;
            ZMQ.Socket socket = zeromq.createSocket(SocketType.SUB);
            socket.setRcvHWM(10_000);
            socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
            socket.connect(arguments[0]);
            Thread thread = new Thread(() -> receive(socket, number, counts), "subscriber-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        BenchProcess.awaitEnd();
        for (String before = ""; !before.equals(counts.toString()); TimeUnit.SECONDS.sleep(2)) {
            // what is still on its way counts
            before = counts.toString();
        }
        System.out.println(counts + " records");
        Runtime.getRuntime().halt(0);
    }

    private static void receive(ZMQ.Socket socket, int number, AtomicLongArray counts) {
        try {
            while (true) {
                byte[] topic = socket.recv();
                if (topic != null) {
                    counts.addAndGet(
                            number,
                            RecordBlock.frame(CaptureLoop.MDT, socket.recv()).count());
                }
            }
        } catch (RecordFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
