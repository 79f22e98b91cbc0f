// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZEvent;

/**
 * What ZeroMQ's I/O thread tells about the connections of a socket: logged, counted, and kept as the answer to whether
 * anybody is there.
 */
final class Connections implements ZEvent.ZEventConsummer {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final String name;
    private final boolean bind;
    private final boolean inproc;
    private final boolean pub;
    private final SocketCounters counters;
    private final RareLog log = new RareLog(LOG);
    private final List<String> bound = new CopyOnWriteArrayList<>();
    private final Set<String> live = new HashSet<>();
    private final Reconnection reconnection;
    private final Greetings greetings = new Greetings();
    private volatile boolean peerThere;
    private volatile Runnable onChange = () -> {};

    Connections(
            String name, ZeroMqConfiguration configuration, List<ZeroMqAddress> addresses, SocketCounters counters) {
        this.name = name;
        this.bind = configuration.isBind();
        this.inproc = addresses.stream().anyMatch(ZeroMqAddress::isInproc);
        this.pub = configuration.getSocketType() == ZeroMqSocketType.PUB;
        this.reconnection = new Reconnection(configuration.getReconnectInterval());
        this.counters = counters;
    }

    void onChange(Runnable listener) {
        onChange = listener;
    }

    void bound(String address) {
        bound.add(address);
        LOG.info("{}: bound to {}", name, address);
    }

    /** The addresses that it is bound to, with the ports that were chosen. */
    List<String> bound() {
        return bound;
    }

    /**
     * Whether a message may be given to the socket. One that connects has a queue for each address before anybody is
     * there; what is put there waits for that peer only.
     */
    boolean isPeerThere() {
        return isConnected() || pub;
    }

    @Override
    public void consume(ZEvent event) {
        String address = event.getAddress();
        switch (event.getEvent()) {
            case ACCEPTED -> {
                counters.connections.increment();
                log.info("{}: {} has connected to {}", name, remote(event.getValue()), address);
            }
            case CONNECTED -> {
                reconnection.trying(address);
                greetings.connected(address);
                onChange.run();
            }
            case CONNECT_DELAYED, CONNECT_RETRIED -> reconnection.trying(address);
            case HANDSHAKE_PROTOCOL -> greeted(address);
            case CLOSED -> bound.remove(address);
            case DISCONNECTED -> disconnected(address, event.getValue());
            case HANDSHAKE_FAILED_PROTOCOL, HANDSHAKE_FAILED_AUTH, HANDSHAKE_FAILED_NO_DETAIL -> {
                counters.failedHandshakes.increment();
                Object reason = event.getValue();
                log.warn("{}: handshake at {} failed: {}", name, address, reason);
            }
            case ACCEPT_FAILED -> {
                Object reason = event.getValue();
                log.warn("{}: a connection to {} could not be accepted: {}", name, address, reason);
            }
            default -> {}
        }
    }

    private void greeted(String address) {
        if (bind) {
            return;
        }
        synchronized (this) {
            live.add(address);
            peerThere = true;
        }
        greetings.settled(address);
        counters.connections.increment();
        log.info("{}: connected to {}", name, address);
        onChange.run();
    }

    private void disconnected(String address, SelectableChannel channel) {
        counters.disconnections.increment();
        if (bind) {
            log.info("{}: {} has disconnected from {}", name, remote(channel), address);
            return;
        }
        boolean wasLive;
        synchronized (this) {
            wasLive = live.remove(address);
            peerThere = !live.isEmpty();
        }
        greetings.settled(address);
        reconnection.ended(address);
        if (wasLive) {
            log.info("{}: disconnected from {}", name, address);
        } else {
            counters.failedHandshakes.increment();
            log.warn(
                    "{}: handshake with {} failed: it is no ZeroMQ peer (ZMTP 3.0 or newer), has other security, or is too slow",
                    name,
                    address);
        }
        onChange.run();
    }

    Reconnection reconnection() {
        return reconnection;
    }

    Greetings greetings() {
        return greetings;
    }

    /** Whether it is bound, or connected to anybody. */
    boolean isConnected() {
        return bind || inproc || peerThere;
    }

    /** Addresses that it is connected to. */
    synchronized List<String> live() {
        return List.copyOf(live);
    }

    private static Object remote(Object channel) {
        try {
            return channel instanceof SocketChannel socket ? socket.getRemoteAddress() : "a peer";
        } catch (IOException e) {
            return "a peer";
        }
    }
}
