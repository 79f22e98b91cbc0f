// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.List;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Send and receive messages with ZeroMQ sockets. */
@ManagedResource(description = "Managed ZeroMQ endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "zeromq",
        title = "ZeroMQ",
        syntax = "zeromq:addresses",
        category = {Category.MESSAGING},
        headersClass = ZeroMqConstants.class)
public class ZeroMqEndpoint extends DefaultEndpoint implements AsyncEndpoint {
    @UriPath(
            description = "Addresses, joined with commas: tcp://HOST:PORT, or inproc://NAME within one Camel context."
                    + " A socket that sends shares messages out over them, one that receives takes from all.")
    @Metadata(required = true)
    private String addresses;

    @UriParam
    private final ZeroMqConfiguration configuration;

    private final SocketCounters counters = new SocketCounters();
    private ProducerSocket producerSocket;
    private ZeroMqHealthCheck producerHealth;
    private int producers;
    private volatile List<String> bound = List.of();

    ZeroMqEndpoint(String uri, ZeroMqComponent component, ZeroMqConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        OptionRules.checkProducer(configuration);
        return new ZeroMqProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        OptionRules.checkConsumer(configuration);
        ZeroMqConsumer consumer = new ZeroMqConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    ZeroMqSocket newSocket() {
        ZeroMqSocket socket = new ZeroMqSocket(sockets(), name(), configuration, parsedAddresses(), counters);
        bound = socket.connections().bound();
        return socket;
    }

    @ManagedAttribute(description = "Addresses that the socket is bound to, with the ports that were chosen for *")
    public List<String> getBoundAddresses() {
        return bound;
    }

    private List<ZeroMqAddress> parsedAddresses() {
        return ZeroMqAddress.parse(addresses, configuration.isBind());
    }

    private String name() {
        return configuration.getSocketType() + " " + addresses;
    }

    SocketContext sockets() {
        return ((ZeroMqComponent) getComponent()).sockets();
    }

    SocketCounters counters() {
        return counters;
    }

    synchronized ProducerSocket acquireSocket() throws Exception {
        if (producerSocket == null) {
            ZeroMqSocket socket = newSocket();
            producerSocket = new ProducerSocket(socket, configuration, sockets(), counters);
            producerHealth = ZeroMqHealthCheck.register(
                    getCamelContext(), name(), this, socket.connections(), producerSocket::failure);
        }
        producers++;
        return producerSocket;
    }

    synchronized void releaseSocket() throws InterruptedException {
        if (--producers == 0) {
            ProducerSocket last = producerSocket;
            producerSocket = null;
            ZeroMqHealthCheck.unregister(getCamelContext(), producerHealth);
            last.close();
        }
    }

    @ManagedAttribute(description = "Messages that the socket has taken")
    public long getSent() {
        return counters.sent.sum();
    }

    @ManagedAttribute(
            description = "PUB: messages that at least one subscriber missed because its queue had just become"
                    + " full. What it misses until it has room again is not known")
    public long getDropped() {
        return counters.dropped.sum();
    }

    @ManagedAttribute(description = "Exchanges that failed because of sendTimeout or requestTimeout")
    public long getTimedOut() {
        return counters.timedOut.sum();
    }

    @ManagedAttribute(description = "Messages received by consumers")
    public long getReceived() {
        return counters.received.sum();
    }

    @ManagedAttribute(description = "Replies received by REQ and DEALER, or sent by REP and ROUTER")
    public long getReplies() {
        return counters.replies.sum();
    }

    @ManagedAttribute(
            description = "Replies that came too late or answered nothing (REQ, DEALER), or whose peer was gone"
                    + " or did not read (ROUTER)")
    public long getLostReplies() {
        return counters.lostReplies.sum();
    }

    @ManagedAttribute(description = "Connections made, in all")
    public long getConnections() {
        return counters.connections.sum();
    }

    @ManagedAttribute(description = "Connections ended, in all")
    public long getDisconnections() {
        return counters.disconnections.sum();
    }

    @ManagedAttribute(description = "Connections that were no ZeroMQ, or had the wrong keys, as far as it is told")
    public long getFailedHandshakes() {
        return counters.failedHandshakes.sum();
    }

    public String getAddresses() {
        return addresses;
    }

    public void setAddresses(String addresses) {
        this.addresses = addresses;
    }

    public ZeroMqConfiguration getConfiguration() {
        return configuration;
    }
}
