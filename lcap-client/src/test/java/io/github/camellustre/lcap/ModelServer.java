// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.RequestException;
import io.github.camellustre.lcap.wire.ReturnCode;
import io.github.camellustre.lcap.wire.Start;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A server of readers in a thread, small enough to be seen to be right: one group, one MDT, records by index, a session
 * for each connection. It can die, come back on its port, freeze, be one of LCAP's own, and answer anything.
 */
final class ModelServer implements AutoCloseable {
    static final String MDT = "fs-MDT0000";
    private static final long LONG_POLL_NANOS = 200_000_000L;
    private static final long LONG_PAUSE_NANOS = 250_000_000L;
    private static final long LEASE_NANOS = 1_000_000_000L;

    private static final class Session {
        private List<Long> out = List.of();
        private long askedAt;
        private long heardAt = System.nanoTime();

        private boolean isAlive() {
            return System.nanoTime() - heardAt < LEASE_NANOS;
        }
    }

    /** What has come, in order; a START of another session than the ones before shows that one was begun anew. */
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** When each of them came. */
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();

    /** Connections that have ended. */
    final AtomicInteger left = new AtomicInteger();

    final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    /** LCAP's own: no options, no long poll, a clear is one of the whole batch, silence instead of some errors. */
    volatile boolean lcapd;

    volatile boolean frozen;
    volatile int startCode = ReturnCode.OK;
    /** Answered to the next STARTs, before that. */
    final Queue<Integer> startCodes = new ConcurrentLinkedQueue<>();

    volatile int filterCode = ReturnCode.OK;
    /** Answered instead of all else, if not null. */
    volatile byte[] garbage;

    volatile int batch = 10;

    private final TreeMap<Long, String> records = new TreeMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private final int port;
    private ZContext context;
    private Thread thread;
    private volatile boolean running;

    ModelServer() {
        context = new ZContext();
        context.setLinger(0);
        ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
        port = socket.bindToRandomPort("tcp://127.0.0.1");
        run(socket);
    }

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    void add(long from, long to) {
        synchronized (records) {
            for (long index = from; index <= to; index++) {
                records.put(index, "f" + index);
            }
        }
    }

    /** Dies as a killed process: what it knew of sessions is gone, what was not acknowledged is there again. */
    void kill() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        context.close();
        sessions.clear();
    }

    void comeBack() {
        context = new ZContext();
        context.setLinger(0);
        ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
        socket.bind(uri());
        run(socket);
    }

    private void run(ZMQ.Socket socket) {
        running = true;
        socket.setReceiveTimeOut(5);
        socket.setEventHook(event -> left.incrementAndGet(), ZMQ.EVENT_DISCONNECTED);
        thread = new Thread(() -> serve(socket), "model-server");
        thread.start();
    }

    private void serve(ZMQ.Socket socket) {
        while (running) {
            byte[] identity = frozen ? pause() : socket.recv();
            if (identity != null) {
                List<byte[]> frames = new ArrayList<>();
                while (socket.hasReceiveMore()) {
                    frames.add(socket.recv());
                }
                answer(socket, identity, frames);
            }
            if (!frozen) {
                answerLongPolls(socket);
            }
        }
    }

    private static byte[] pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }

    private void answer(ZMQ.Socket socket, byte[] identity, List<byte[]> frames) {
        Request request;
        String name = new String(identity, StandardCharsets.ISO_8859_1);
        try {
            request = Envelope.of(frames).request();
        } catch (RequestException e) {
            send(socket, name, new Answer.Ack(e.returnCode()).encode());
            return;
        }
        arrivals.add(System.nanoTime());
        requests.add(request);
        if (garbage != null && request instanceof Request.Dequeue) {
            send(socket, name, garbage);
            return;
        }
        Session session = sessions.get(name);
        if (session != null) {
            session.heardAt = System.nanoTime();
        }
        if (request instanceof Start) {
            Integer next = startCodes.poll();
            int code = next == null ? startCode : next;
            if (code == ReturnCode.OK) {
                sessions.put(name, new Session());
            }
            ack(socket, name, code);
        } else if (lcapd && request instanceof Option) {
            ack(socket, name, ReturnCode.EINVAL);
        } else if (session == null) {
            ack(socket, name, ReturnCode.EPROTO);
        } else if (request instanceof Option) {
            ack(socket, name, request instanceof Option.Filter ? filterCode : ReturnCode.OK);
        } else if (request instanceof Request.Dequeue) {
            if (session.out.isEmpty()) {
                session.askedAt = System.nanoTime();
            } else {
                ack(socket, name, ReturnCode.EPROTO);
            }
        } else if (request instanceof Request.Clear clear) {
            clear(socket, name, session, clear.index());
        } else {
            sessions.remove(name);
            ack(socket, name, ReturnCode.OK);
        }
    }

    private void clear(ZMQ.Socket socket, String name, Session session, long index) {
        if (session.out.isEmpty()) {
            if (!lcapd) {
                ack(socket, name, ReturnCode.EPROTO);
            }
            return;
        }
        List<Long> done = session.out.stream()
                .filter(i -> lcapd || index == 0 || i <= index)
                .toList();
        acknowledged.addAll(done);
        session.out = session.out.stream().filter(i -> !done.contains(i)).toList();
        ack(socket, name, ReturnCode.OK);
    }

    private void answerLongPolls(ZMQ.Socket socket) {
        for (Map.Entry<String, Session> entry : sessions.entrySet()) {
            Session session = entry.getValue();
            if (session.askedAt != 0) {
                session.out = take();
                if (!session.out.isEmpty()) {
                    session.askedAt = 0;
                    send(socket, entry.getKey(), encode(session.out));
                } else if (lcapd || System.nanoTime() - session.askedAt > LONG_POLL_NANOS) {
                    session.askedAt = 0;
                    ack(socket, entry.getKey(), ReturnCode.NOTHING_NOW);
                }
            }
        }
    }

    /** The next that are neither acknowledged nor out. */
    private List<Long> take() {
        synchronized (records) {
            return records.keySet().stream()
                    .filter(i -> !acknowledged.contains(i)
                            && sessions.values().stream().noneMatch(other -> other.isAlive() && other.out.contains(i)))
                    .limit(batch)
                    .toList();
        }
    }

    static ChangelogRecord record(long index) {
        return new RecordBuilder(index % 2 == 0 ? RecordType.CREAT : RecordType.CLOSE)
                .index(index)
                .name("f" + index)
                .build(MDT);
    }

    private static byte[] encode(List<Long> indexes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = new byte[Answer.Records.HEAD_BYTES];
        Answer.Records.writeHead(head, indexes.size());
        try {
            out.write(head);
            for (long index : indexes) {
                record(index).writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void ack(ZMQ.Socket socket, String name, int code) {
        send(socket, name, new Answer.Ack(code).encode());
    }

    private static void send(ZMQ.Socket socket, String name, byte[] answer) {
        socket.send(name.getBytes(StandardCharsets.ISO_8859_1), ZMQ.SNDMORE);
        socket.send(new byte[0], ZMQ.SNDMORE);
        socket.send(answer);
    }

    /** How many requests of that kind have come. */
    long count(Class<? extends Request> kind) {
        return requests.stream().filter(kind::isInstance).count();
    }

    /** Whether each of the last pauses between requests of that kind was of more than a quarter of a second. */
    boolean pauses(Class<? extends Request> kind, int ofLast) {
        List<Long> times = IntStream.range(0, requests.size())
                .filter(i -> kind.isInstance(requests.get(i)))
                .mapToObj(arrivals::get)
                .toList();
        int last = times.size() - 1;
        return last >= ofLast
                && IntStream.range(last - ofLast, last)
                        .allMatch(i -> times.get(i + 1) - times.get(i) > LONG_PAUSE_NANOS);
    }

    @Override
    public void close() {
        kill();
    }
}
