// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.BoundedFrames;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.Request;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * One socket to one server, for one session: a connection that breaks is not mended, because the server knows a session
 * by it. Used by one thread, but for {@link #wake}, which may be called by any.
 */
final class Connection implements AutoCloseable {
    private static final int EVENTS = ZMQ.EVENT_DISCONNECTED
            | ZMQ.EVENT_HANDSHAKE_PROTOCOL
            | ZMQ.HANDSHAKE_FAILED_AUTH
            | ZMQ.HANDSHAKE_FAILED_NO_DETAIL
            | ZMQ.HANDSHAKE_FAILED_PROTOCOL;
    /** A server that is gone without a word (power, network) is noticed after that long. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(6);

    /** How long {@link #receive} waits for an answer that was signalled. */
    private static final int SIGNAL_MILLIS = 1;

    private final ZMQ.Socket socket;
    private final Selector selector;
    private final byte[] mdtFrame;
    private final Runnable onBreak;
    private volatile boolean greeted;
    private volatile String broken;

    /**
     * @param handshake after that long without a greeting it connects anew: JeroMQ 0.6.0 forgets one of twenty connections
     *     that it has just made (ADR 0040)
     * @param onBreak called by a thread of the socket when the connection has broken; must return at once
     */
    Connection(
            ZContext context, ServerAddress address, CurveKeys keys, String mdt, Duration handshake, Runnable onBreak)
            throws IOException {
        this.onBreak = onBreak;
        this.mdtFrame = Envelope.mdtFrame(mdt);
        this.selector = Selector.open();
        this.socket = context.createSocket(SocketType.DEALER);
        socket.setReceiveTimeOut(SIGNAL_MILLIS);
        socket.setMaxMsgSize(Answer.MAX_BYTES);
        socket.setMsgAllocator(new BoundedFrames(Answer.MAX_BYTES));
        socket.setHeartbeatIvl((int) HEARTBEAT.toMillis());
        socket.setHeartbeatTimeout((int) HEARTBEAT_TIMEOUT.toMillis());
        socket.setHandshakeIvl((int) handshake.toMillis());
        socket.setIPv6(address.isIpv6());
        if (keys != null) {
            keys.apply(socket);
        }
        socket.setEventHook(this::happened, EVENTS);
        socket.getFD().register(selector, SelectionKey.OP_READ);
        socket.connect(address.toString());
    }

    /** Called by a thread of the socket. */
    private void happened(ZEvent event) {
        switch (event.getEvent()) {
            case HANDSHAKE_PROTOCOL -> greeted = true;
            case DISCONNECTED -> {
                // before the greeting it is nobody's session yet, and the socket connects anew by itself
                if (greeted) {
                    broke("the connection has broken");
                }
            }
            default ->
                broke("the handshake has failed (" + event.getEvent() + "): compare the CURVE keys of both sides");
        }
    }

    private void broke(String how) {
        broken = how;
        selector.wakeup();
        onBreak.run();
    }

    /** Whether a server was there that speaks ZeroMQ. */
    boolean isGreeted() {
        return greeted;
    }

    void send(Request request) {
        socket.send(new byte[0], ZMQ.SNDMORE);
        socket.send(mdtFrame, ZMQ.SNDMORE);
        socket.send(request.encode());
    }

    /**
     * The frames of the next answer.
     *
     * @return null if the time was over first, or {@link #wake} was called
     * @throws LostException the connection is broken
     */
    List<byte[]> receive(long deadlineNanos) throws LostException, IOException {
        // a socket tells once that something has come: so look, and wait only if there is nothing
        byte[] frame = socket.recv(ZMQ.DONTWAIT);
        if (frame == null) {
            boolean signalled = await(deadlineNanos);
            // Its sender signals first and then says that it has. If it loses its processor in between, a receive that
            // does not wait sees nothing, and the selector the signal, again and again until the sender is back.
            frame = socket.recv(signalled ? 0 : ZMQ.DONTWAIT);
        }
        if (frame == null) {
            return null;
        }
        List<byte[]> frames = new ArrayList<>(3);
        frames.add(frame);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        return frames;
    }

    /** @return whether the socket has signalled that something is there */
    private boolean await(long deadlineNanos) throws LostException, IOException {
        boolean signalled = false;
        if (broken == null) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (millis > 0) {
                signalled = selector.select(millis) > 0;
                selector.selectedKeys().clear();
            }
        }
        mustBeWhole();
        return signalled;
    }

    /**
     * @throws LostException the connection is broken
     */
    void mustBeWhole() throws LostException {
        if (broken != null) {
            throw new LostException(broken);
        }
    }

    /** Ends a wait for an answer, the present one or the next. */
    void wake() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        socket.close();
    }
}
