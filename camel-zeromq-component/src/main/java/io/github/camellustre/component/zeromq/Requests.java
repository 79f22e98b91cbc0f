// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.ExchangeTimedOutException;
import org.zeromq.ZMQ;

/**
 * Sends through REQ and DEALER, and brings the replies to the exchanges that wait for them.
 *
 * <p>A DEALER puts two frames before the body: a number of 4 bytes and an empty frame. REP answers with both before its
 * own frames, and so does whoever answers through a ROUTER; so replies may come in any order. REQ does the same by
 * itself, but has one request out at a time.
 */
final class Requests implements SocketWork {
    private static final byte[] EMPTY = {};
    private static final int ID = 4;

    private final Outbox<Outgoing> outbox;
    private final Completions completions;
    private final Executor executor;
    private final Connections connections;
    private final SocketCounters counters;
    private final boolean oneAtATime;
    private final long timeoutMillis;
    private final byte[] errorReply;

    /** In the order in which they came, which is that of their time-outs. */
    private final Map<Integer, Outgoing> outstanding = new LinkedHashMap<>();

    private int lastId;

    Requests(
            Outbox<Outgoing> outbox,
            Completions completions,
            Executor executor,
            Connections connections,
            SocketCounters counters,
            ZeroMqConfiguration configuration) {
        this.outbox = outbox;
        this.completions = completions;
        this.executor = executor;
        this.connections = connections;
        this.counters = counters;
        this.oneAtATime = configuration.getSocketType() == ZeroMqSocketType.REQ;
        this.timeoutMillis = configuration.getRequestTimeout();
        this.errorReply = Topics.bytes(configuration.getErrorReply());
    }

    @Override
    public long run(ZMQ.Socket socket) {
        receive(socket);
        long patience = expire();
        return Math.min(patience, send(socket));
    }

    private void receive(ZMQ.Socket socket) {
        // Without a request out REQ refuses to receive.
        while (!oneAtATime || !outstanding.isEmpty()) {
            byte[][] reply = Frames.receive(socket, ZMQ.DONTWAIT);
            if (reply == null) {
                return;
            }
            Outgoing request;
            if (oneAtATime) {
                request = outstanding.remove(lastId);
            } else {
                request = reply.length > 2 && reply[0].length == ID && reply[1].length == 0
                        ? outstanding.remove(ByteBuffer.wrap(reply[0]).getInt())
                        : null;
            }
            if (request == null) {
                counters.lostReplies.increment();
            } else {
                counters.replies.increment();
                answer(request, reply, oneAtATime ? 0 : 2);
            }
        }
    }

    private void answer(Outgoing request, byte[][] reply, int from) {
        if (errorReply.length > 0 && reply.length == from + 1 && Arrays.equals(reply[from], errorReply)) {
            request.fail(new CamelExchangeException(
                    "zeromq: the peer answered '" + Topics.text(errorReply)
                            + "', which stands for a failure on its side (option errorReply)",
                    request.exchange()));
        } else {
            request.exchange().getMessage().setBody(Frames.body(reply, from));
        }
        complete(request);
    }

    /** Each on a thread of its own: the rest of a route may wait for other replies. */
    private void complete(Outgoing request) {
        try {
            executor.execute(request::complete);
        } catch (RejectedExecutionException e) {
            request.complete();
        }
    }

    private long expire() {
        Iterator<Outgoing> all = outstanding.values().iterator();
        while (all.hasNext()) {
            Outgoing oldest = all.next();
            long patience = oldest.patience();
            if (patience > 0) {
                return patience;
            }
            all.remove();
            counters.timedOut.increment();
            oldest.fail(new ExchangeTimedOutException(oldest.exchange(), timeoutMillis));
            complete(oldest);
        }
        return NEVER;
    }

    private long send(ZMQ.Socket socket) {
        Outgoing next;
        long patience = NEVER;
        while ((next = outbox.first()) != null) {
            Exception failure = null;
            try {
                if (oneAtATime && !outstanding.isEmpty() || !give(socket, next)) {
                    patience = next.patience();
                    if (patience > 0) {
                        return patience;
                    }
                    counters.timedOut.increment();
                    failure = Sending.notTaken(connections);
                }
            } catch (IllegalStateException e) {
                failure = e;
            }
            outbox.removeFirst();
            if (failure != null) {
                next.fail(failure);
                completions.add(next);
            } else {
                counters.sent.increment();
                if (next.wantsReply()) {
                    outstanding.put(lastId, next);
                    patience = Math.min(patience, next.patience());
                } else {
                    completions.add(next);
                }
            }
        }
        return patience;
    }

    private boolean give(ZMQ.Socket socket, Outgoing message) {
        if (!connections.isPeerThere()) {
            return false;
        }
        lastId++;
        byte[][] frames = message.frames();
        if (!oneAtATime) {
            byte[] id = ByteBuffer.allocate(ID).putInt(lastId).array();
            frames = Frames.prepend(id, Frames.prepend(EMPTY, frames));
        }
        return Frames.send(socket, frames);
    }

    @Override
    public void stopped() {
        Sending.stopped(outbox, completions);
        for (Outgoing request : outstanding.values()) {
            request.fail(new IllegalStateException("zeromq: the socket was closed before the reply came"));
            complete(request);
        }
        outstanding.clear();
    }
}
