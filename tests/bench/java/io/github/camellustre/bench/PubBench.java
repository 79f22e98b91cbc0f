// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.component.zeromq.ZeroMqEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * One PUB with {@code noDrop=true} to three subscribers in processes of their own: messages that each has received in a
 * second, until the last has them all. One exchange a message, 10,000 under way. Arguments: messages, records in each
 * message, bytes of a record.
 */
public final class PubBench {
    private static final int SUBSCRIBERS = 3;
    private static final int UNDER_WAY = 10_000;
    private static final String TOPIC = "fs-MDT0000.CREAT";
    private static final byte[] PROBE = {};

    private PubBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("subscribe")) {
            subscribe(arguments[1], Long.parseLong(arguments[2]));
            return;
        }
        int messages = Integer.parseInt(arguments[0]);
        int records = Integer.parseInt(arguments[1]);
        byte[] body = new byte[records * Integer.parseInt(arguments[2])];
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            ZeroMqEndpoint endpoint = context.getEndpoint(
                    "zeromq:tcp://:*?socketType=PUB&bind=true&noDrop=true&topic=" + TOPIC, ZeroMqEndpoint.class);
            try (AsyncProducer producer = endpoint.createAsyncProducer()) {
                producer.start();
                run(producer, endpoint, messages, records, body);
            }
        }
    }

    private static void run(AsyncProcessor producer, ZeroMqEndpoint endpoint, int messages, int records, byte[] body)
            throws Exception {
        String address = endpoint.getBoundAddresses().get(0);
        List<Process> subscribers = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            subscribers.add(child("subscribe", address, String.valueOf(messages)));
        }
        List<BufferedReader> outputs = new ArrayList<>();
        for (Process each : subscribers) {
            BufferedReader output = each.inputReader();
            outputs.add(output);
            Semaphore sent = new Semaphore(0);
            while (!output.ready()) {
                send(producer, endpoint, PROBE, sent);
                sent.acquire();
                Thread.onSpinWait();
            }
            output.readLine();
        }
        Measure measure = Measure.of(
                SUBSCRIBERS + " subscribers, " + records + " records of " + body.length / records + " B a message",
                (long) messages * records,
                () -> {
                    Semaphore room = new Semaphore(UNDER_WAY);
                    for (int i = 0; i < messages; i++) {
                        room.acquire();
                        send(producer, endpoint, body, room);
                    }
                    for (BufferedReader output : outputs) {
                        System.out.println("  subscriber received " + output.readLine());
                    }
                });
        System.out.println(measure + " (this process), dropped " + endpoint.getDropped());
    }

    private static void send(AsyncProcessor producer, ZeroMqEndpoint endpoint, byte[] body, Semaphore done) {
        Exchange exchange = endpoint.createExchange();
        exchange.getIn().setBody(body);
        producer.process(exchange, doneSync -> {
            if (exchange.getException() != null) {
                throw new IllegalStateException(exchange.getException());
            }
            done.release();
        });
    }

    private static Process child(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PubBench.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void subscribe(String address, long messages) {
        try (ZMQ.Context context = ZMQ.context(1);
                ZMQ.Socket socket = context.socket(SocketType.SUB)) {
            socket.setHandshakeIvl(1_000);
            socket.subscribe(TOPIC);
            socket.connect(address);
            boolean told = false;
            long received = 0;
            long bytes = 0;
            while (received < messages) {
                socket.recv();
                byte[] body = socket.recv();
                if (body.length > 0) {
                    received++;
                    bytes += body.length;
                } else if (!told) {
                    System.out.println("up");
                    told = true;
                }
            }
            System.out.println(received + " messages, " + bytes + " bytes");
        }
    }
}
