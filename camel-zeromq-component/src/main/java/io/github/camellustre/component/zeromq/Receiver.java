// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * Receives messages as long as there is room for them, and sends the replies of REP and ROUTER. What it does not receive
 * fills the socket's queue, and then holds the sender back.
 */
final class Receiver implements SocketWork {
    /** After so many messages the thread looks at replies. */
    private static final int GROUP = 1_000;

    private final Outbox<byte[][]> replies = new Outbox<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final SocketCounters counters;
    private final Consumer<byte[][]> handler;
    private final boolean lockStep;
    private final int maxInFlight;

    /** Not at each message that is done: that would wake the thread for each. */
    private final int resumeAt;

    private volatile boolean full;
    private volatile boolean suspended;
    private boolean replyOwed;

    /** @param handler takes the frames of a message and must not wait */
    Receiver(ZeroMqConfiguration configuration, SocketCounters counters, Consumer<byte[][]> handler) {
        this.lockStep = configuration.getSocketType() == ZeroMqSocketType.REP;
        this.maxInFlight = configuration.getMaxInFlight();
        this.resumeAt = maxInFlight - Math.max(1, maxInFlight / 4);
        this.counters = counters;
        this.handler = handler;
    }

    @Override
    public long run(ZMQ.Socket socket) {
        sendReplies(socket);
        for (int i = 0; i < GROUP; i++) {
            if (suspended || replyOwed || isFull()) {
                return NEVER;
            }
            byte[][] message = Frames.receive(socket, ZMQ.DONTWAIT);
            if (message == null) {
                return NEVER;
            }
            if (lockStep && !Envelope.isRequest(message)) {
                // There is no telling where its reply would go.
                continue;
            }
            replyOwed = lockStep;
            counters.received.increment();
            inFlight.incrementAndGet();
            handler.accept(message);
        }
        return 0;
    }

    private boolean isFull() {
        if (inFlight.get() < maxInFlight) {
            return false;
        }
        full = true;
        // Looks again: who was done before could not know that we wait.
        if (inFlight.get() > resumeAt) {
            return true;
        }
        full = false;
        return false;
    }

    private void sendReplies(ZMQ.Socket socket) {
        byte[][] reply;
        while ((reply = replies.removeFirst()) != null) {
            if (sendReply(socket, reply)) {
                counters.replies.increment();
            } else {
                // Its peer is gone, or does not read what it asked for: that is its own harm.
                counters.lostReplies.increment();
            }
            replyOwed = false;
        }
    }

    private static boolean sendReply(ZMQ.Socket socket, byte[][] reply) {
        try {
            return Frames.send(socket, reply);
        } catch (ZMQException e) {
            if (e.getErrorCode() == ZError.EHOSTUNREACH) {
                return false;
            }
            throw e;
        }
    }

    /** From any thread; wake the socket's afterwards. */
    void reply(byte[][] frames) {
        replies.add(frames);
    }

    /** One message less is in flight. @return whether the socket's thread waits for that */
    boolean done() {
        return inFlight.decrementAndGet() <= resumeAt && full && takeFull();
    }

    private boolean takeFull() {
        full = false;
        return true;
    }

    int inFlight() {
        return inFlight.get();
    }

    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
    }

    @Override
    public void stopped() {
        replies.close();
    }
}
