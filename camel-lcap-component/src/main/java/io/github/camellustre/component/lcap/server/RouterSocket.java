// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.lcap.wire.BoundedFrames;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.IoThreads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * The ROUTER socket that peers talk to, and the wait for them. Used by the server's thread only, but for {@link #wakeUp}.
 *
 * <p>The wait is a selector of our own on the socket's signal: it can be woken from other threads also while these are
 * being interrupted, which a pipe or a second socket would not survive.
 */
final class RouterSocket implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterSocket.class);

    /** Answers that wait for one connection. An honest reader has one under way for each of its MDTs. Each may be a batch. */
    private static final int UNSENT_ANSWERS = 64;

    /** How long {@link #receive} waits for a message that was signalled. */
    private static final int SIGNAL_MILLIS = 1;

    /** How long a close waits until the last answers are sent. */
    private static final int LAST_ANSWERS_MILLIS = 1_000;

    /** Requests of one connection that are read ahead. */
    private static final int UNREAD_REQUESTS = 32;

    private static final int KEEP_ALIVE_IDLE_SECONDS = 60;
    private static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;
    private static final int KEEP_ALIVE_PROBES = 6;

    /**
     * What came from a connection: a message, or its end.
     *
     * @param peer the connection's identity, each byte a character
     * @param address for the log
     */
    record Incoming(String peer, String address, List<byte[]> frames, boolean isEnd) {}

    /** What the socket itself says in place of a peer that is gone. Nobody else can know it. */
    private final byte[] end = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

    /** Where peers are from which a message has come. */
    private final Map<String, String> addresses = new HashMap<>();

    /** The same for ZeroMQ's thread, which knows addresses only. */
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    private final SparseLog unheard = new SparseLog(LOG, Level.WARN);
    private final ZContext context = IoThreads.newContext();
    private final ZMQ.Socket socket;
    private final Selector selector;

    /**
     * The sender signals first and then says that it has. If it loses its processor in between, a receive that does not
     * wait sees nothing, and the selector the signal, again and again until the sender is back.
     */
    private boolean signalled;

    /**
     * Begins to listen.
     *
     * @param curve null without encryption
     * @throws IOException with address and reason
     */
    RouterSocket(ServerAddress address, CurveKeys curve) throws IOException {
        selector = Selector.open();
        try {
            socket = context.createSocket(SocketType.ROUTER);
            configure(address);
            socket.setEventHook(this::connectionEnded, zmq.ZMQ.ZMQ_EVENT_DISCONNECTED);
            if (curve != null) {
                curve.guard(context, socket);
            }
            socket.bind(address.endpoint());
            socket.getFD().register(selector, SelectionKey.OP_READ);
        } catch (RuntimeException e) {
            close();
            throw new IOException("lcap: cannot listen on " + address + ": " + reason(e), e);
        }
    }

    private void configure(ServerAddress address) {
        socket.setSendTimeOut(0);
        socket.setReceiveTimeOut(SIGNAL_MILLIS);
        socket.setLinger(LAST_ANSWERS_MILLIS);
        socket.setIPv6(address.isIpv6());
        socket.setRouterMandatory(true);
        socket.setSndHWM(UNSENT_ANSWERS);
        socket.setRcvHWM(UNREAD_REQUESTS);
        socket.setMaxMsgSize(Envelope.MAX_BYTES);
        socket.setMsgAllocator(new BoundedFrames(Envelope.MAX_BYTES));
        socket.setTCPKeepAlive(1);
        socket.setTCPKeepAliveIdle(KEEP_ALIVE_IDLE_SECONDS);
        socket.setTCPKeepAliveInterval(KEEP_ALIVE_INTERVAL_SECONDS);
        socket.setTCPKeepAliveCount(KEEP_ALIVE_PROBES);
        socket.base().setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, end);
    }

    /** On ZeroMQ's own thread. It tells of a failed handshake in some cases only, but of each end of a connection. */
    private void connectionEnded(ZEvent event) {
        SocketChannel channel = event.getValue();
        String address = zmq.util.Utils.getPeerIpAddress(channel).address();
        if (!heard.remove(address)) {
            unheard.say(
                    "lcap: {}: the connection from {} has ended without a request: not ours, or refused for its key or its mechanism",
                    event.getAddress(),
                    address);
        }
    }

    private static String reason(RuntimeException failure) {
        if (failure instanceof ZMQException zmq && zmq.getErrorCode() == ZMQ.Error.EADDRINUSE.getCode()) {
            return "another program has that port. Give one of the two another port";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Where it listens, with the port that was given to it. */
    int port() {
        String endpoint = socket.getLastEndpoint();
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    /** The next message, or null. After each sending this must be asked until it is null, before {@link #await}. */
    Incoming receive() {
        Msg identity = socket.recvMsg(signalled ? 0 : ZMQ.DONTWAIT);
        signalled = false;
        if (identity == null) {
            return null;
        }
        List<byte[]> frames = new ArrayList<>(4);
        Msg last = identity;
        while (last.hasMore()) {
            last = socket.recvMsg(0);
            frames.add(last.data());
        }
        String peer = new String(identity.data(), StandardCharsets.ISO_8859_1);
        boolean ended = frames.size() == 1 && Arrays.equals(frames.get(0), end);
        String address = ended ? addresses.remove(peer) : addresses.get(peer);
        if (ended) {
            // again: ZeroMQ may have told of the end before its last message was read
            heard.remove(String.valueOf(address));
        } else if (address == null) {
            Metadata metadata = last.getMetadata();
            address = metadata == null ? "?" : metadata.get(Metadata.PEER_ADDRESS);
            addresses.put(peer, address);
            heard.add(address);
        }
        return new Incoming(peer, address, frames, ended);
    }

    /**
     * Queues an answer; never waits.
     *
     * @return false if the connection is gone, or does not read what it was sent before
     */
    boolean send(String peer, List<ByteBuffer> frames) {
        try {
            if (!socket.sendMsg(new Msg(peer.getBytes(StandardCharsets.ISO_8859_1)), ZMQ.SNDMORE)) {
                return false;
            }
            socket.sendMsg(new Msg(), ZMQ.SNDMORE);
            for (int i = 0; i < frames.size(); i++) {
                socket.sendMsg(new Msg(frames.get(i)), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
            }
            return true;
        } catch (ZMQException e) {
            if (e.getErrorCode() == ZMQ.Error.EHOSTUNREACH.getCode()) {
                return false;
            }
            throw e;
        }
    }

    /** Waits until something has come, {@link #wakeUp} has been called, or the time is over. */
    void await(long millis) throws IOException {
        signalled = (millis > 0 ? selector.select(millis) : selector.selectNow()) > 0;
        selector.selectedKeys().clear();
    }

    /** Ends a wait, or the next one. From any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        context.close();
    }
}
