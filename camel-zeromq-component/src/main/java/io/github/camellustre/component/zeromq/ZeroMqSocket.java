// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** A socket as an endpoint describes it: its options, its addresses, its security. Used by its thread. */
final class ZeroMqSocket {
    /** More than any handshake and any topic that makes sense, and little enough for the stack of a thread. */
    private static final int MOST_SUBSCRIPTION = 1_024;

    /** Short, since it is also the last remedy for what {@link Greetings} says. */
    private static final int CONNECTING_HANDSHAKE_MILLIS = 2_000;

    private final SocketContext context;
    private final String name;
    private final String domain;
    private final ZeroMqConfiguration configuration;
    private final List<ZeroMqAddress> addresses;
    private final Connections connections;
    private final CurveSecurity security;

    /** What was asked to connect to, by the name that events have for it. */
    private final Map<String, String> connected = new HashMap<>();

    ZeroMqSocket(
            SocketContext context,
            String name,
            ZeroMqConfiguration configuration,
            List<ZeroMqAddress> addresses,
            SocketCounters counters) {
        this.context = context;
        this.name = name;
        this.configuration = configuration;
        this.addresses = addresses;
        this.domain = context.newDomain();
        this.security = CurveSecurity.of(configuration);
        this.connections = new Connections(name, configuration, addresses, counters);
    }

    String name() {
        return name;
    }

    Connections connections() {
        return connections;
    }

    ZMQ.Socket open() {
        ZMQ.Socket socket = context.open(configuration.getSocketType(), configuration.getLinger());
        try {
            setOptions(socket);
            security.apply(socket, context, domain, name);
            socket.setEventHook(connections, zmq.ZMQ.ZMQ_EVENT_ALL);
            for (ZeroMqAddress address : addresses) {
                attach(socket, address);
            }
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void setOptions(ZMQ.Socket socket) {
        ZeroMqConfiguration from = configuration;
        socket.setSndHWM(from.getSendHwm());
        socket.setRcvHWM(from.getReceiveHwm());
        int most = mostReceived();
        socket.setMaxMsgSize(most);
        socket.setMsgAllocator(new BoundedFrames(most));
        socket.setReconnectIVL(from.getReconnectInterval());
        socket.setReconnectIVLMax(from.getReconnectIntervalMax());
        if (from.getIdentity() != null) {
            socket.setIdentity(from.getIdentity().getBytes(StandardCharsets.UTF_8));
        }
        if (from.getHeartbeatInterval() > 0) {
            socket.setHeartbeatIvl(from.getHeartbeatInterval());
            if (from.getHeartbeatTimeout() > 0) {
                socket.setHeartbeatTimeout(from.getHeartbeatTimeout());
            }
        }
        if (!from.isBind()) {
            socket.setHandshakeIvl(CONNECTING_HANDSHAKE_MILLIS);
        }
        setKeepAlive(socket);
        socket.setIPv6(from.isIpv6() || addresses.stream().anyMatch(ZeroMqAddress::isIpv6));
        // With a domain JeroMQ refuses peers before ZMTP 3.0 (2013). Otherwise it takes any bytes, as of an HTTP
        // client, for messages of the first protocol.
        socket.setZapDomain(domain);
        switch (from.getSocketType()) {
            case SUB -> Topics.split(from.getTopics()).forEach(topic -> socket.subscribe(Topics.bytes(topic)));
            case PUB -> socket.setXpubNoDrop(true);
            case REQ -> {
                // A request that timed out does not stop the next, and its late reply is told from others.
                socket.setReqRelaxed(true);
                socket.setReqCorrelate(true);
            }
            case REP, ROUTER -> {
                // Says which replies could not be sent.
                socket.setRouterMandatory(true);
                // A peer that comes back with its identity before its old connection is known to be dead.
                socket.setRouterHandover(true);
            }
            default -> {}
        }
    }

    /** What a PUB receives are subscriptions, and JeroMQ puts their topics into a tree with a call within a call for each byte. */
    private int mostReceived() {
        int most = configuration.getMaxMessageSize();
        return configuration.getSocketType() == ZeroMqSocketType.PUB ? Math.min(most, MOST_SUBSCRIPTION) : most;
    }

    private void setKeepAlive(ZMQ.Socket socket) {
        if (configuration.isTcpKeepAlive()) {
            socket.setTCPKeepAlive(1);
            socket.setTCPKeepAliveIdle(unlessZero(configuration.getTcpKeepAliveIdle()));
            socket.setTCPKeepAliveInterval(unlessZero(configuration.getTcpKeepAliveInterval()));
            socket.setTCPKeepAliveCount(unlessZero(configuration.getTcpKeepAliveCount()));
        }
    }

    private static long unlessZero(int value) {
        return value == 0 ? -1 : value;
    }

    private void attach(ZMQ.Socket socket, ZeroMqAddress address) {
        try {
            if (configuration.isBind()) {
                socket.bind(address.toString());
                connections.bound(socket.getLastEndpoint());
            } else {
                connect(socket, address.toString());
            }
        } catch (ZMQException e) {
            throw new IllegalStateException(
                    "zeromq: cannot " + (configuration.isBind() ? "bind to " : "connect to ") + address + ": "
                            + ZError.toString(e.getErrorCode()) + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private void connect(ZMQ.Socket socket, String address) {
        socket.connect(address);
        connected.put(socket.getLastEndpoint(), address);
    }

    /**
     * Does for its connections what ZeroMQ does not.
     *
     * @return milliseconds until it wants to be called again
     */
    long tend(ZMQ.Socket socket) {
        if (connections.greetings().takeLook()) {
            context.lookAtConnections();
        }
        reconnect(socket);
        return Math.min(
                connections.greetings().pause(), connections.reconnection().pause());
    }

    private void reconnect(ZMQ.Socket socket) {
        for (String address : connections.reconnection().take()) {
            String asked = connected.get(address);
            if (asked != null) {
                socket.disconnect(asked);
                try {
                    connect(socket, asked);
                } catch (ZMQException e) {
                    // Its name has no address just now.
                    connections.reconnection().ended(address);
                }
            }
        }
    }

    void close(ZMQ.Socket socket) {
        try {
            for (String address : connections.bound()) {
                if (!address.startsWith(ZeroMqAddress.INPROC)) {
                    socket.unbind(address);
                    BoundPort.of(address).awaitFree();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            socket.close();
            context.forget(domain);
        }
    }
}
