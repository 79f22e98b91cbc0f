// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of an endpoint. Plain values; what may be combined is said by {@link OptionRules}. */
@UriParams
public class ZeroMqConfiguration implements Cloneable {
    @UriParam(
            description = "Type of the socket. PUSH, PUB, REQ and DEALER send (to), PULL, SUB, REP and ROUTER receive "
                    + "(from).")
    @Metadata(required = true)
    private ZeroMqSocketType socketType;

    @UriParam(
            defaultValue = "false",
            description = "Bind to the addresses instead of connecting to them. An address without a host, as "
                    + "tcp://:5555, is the loopback interface; to be reached from other machines write "
                    + "tcp://*:5555 or the address of an interface.")
    private boolean bind;

    @UriParam(
            label = "advanced",
            defaultValue = "1000",
            description = "High-water mark for sending: most messages that wait in the socket for one peer.")
    private int sendHwm = 1000;

    @UriParam(
            label = "advanced",
            defaultValue = "1000",
            description = "High-water mark for receiving: most messages of one peer that wait in the socket for the "
                    + "route. At most receiveHwm times maxMessageSize bytes for a peer.")
    private int receiveHwm = 1000;

    @UriParam(
            label = "advanced",
            defaultValue = "16777216",
            description = "Largest frame in bytes that is received. A peer that announces more is disconnected.")
    private int maxMessageSize = 16_777_216;

    @UriParam(
            label = "advanced",
            defaultValue = "5000",
            description = "Milliseconds that messages which the socket has taken may still be sent after it was "
                    + "closed. They delay the stop of the Camel context by so much at most.")
    private int linger = 5000;

    @UriParam(
            label = "advanced",
            description = "Identity of this socket, by which a ROUTER peer knows it: 1 to 255 bytes of UTF-8. The "
                    + "default leaves it to the peer.")
    private String identity;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "Milliseconds between pings to each peer. A peer that does not answer within "
                    + "heartbeatTimeout is disconnected. 0: no pings, so a peer that vanished without a word is "
                    + "noticed by TCP only.")
    private int heartbeatInterval;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "Milliseconds to wait for the answer to a ping. 0: as long as heartbeatInterval.")
    private int heartbeatTimeout;

    @UriParam(
            label = "advanced",
            defaultValue = "100",
            description = "Milliseconds after which a lost connection is made again, at first.")
    private int reconnectInterval = 100;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "Each attempt to connect doubles the wait up to so many milliseconds. 0: the wait stays "
                    + "reconnectInterval.")
    private int reconnectIntervalMax;

    @UriParam(
            label = "advanced",
            defaultValue = "false",
            description = "Have TCP look for silent peers (SO_KEEPALIVE). false leaves it to the system.")
    private boolean tcpKeepAlive;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "With tcpKeepAlive: seconds of silence before the first probe. 0: the system's.")
    private int tcpKeepAliveIdle;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "With tcpKeepAlive: seconds between probes. 0: the system's.")
    private int tcpKeepAliveInterval;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description = "With tcpKeepAlive: probes without an answer until the peer counts as gone. 0: the system's.")
    private int tcpKeepAliveCount;

    @UriParam(
            label = "advanced",
            defaultValue = "false",
            description = "Also use IPv6 for host names and *. An address in brackets, as tcp://[::1]:5555, switches "
                    + "it on.")
    private boolean ipv6;

    @UriParam(
            label = "producer",
            description = "PUB: topic, sent as the first frame. Text, or an expression of the language simple, as "
                    + "${header.city}. The header CamelZeroMqTopic wins. Without either, the body alone is sent.")
    private String topic;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "PUB: hold the route back while a subscriber's queue is full, instead of dropping the "
                    + "message for this subscriber. A subscriber that never reads then stops the route.")
    private boolean noDrop;

    @UriParam(
            label = "producer",
            defaultValue = "0",
            description = "Milliseconds after which an exchange fails that the socket has not taken: no peer, or its "
                    + "queue is full. 0: it waits until the socket takes it.")
    private long sendTimeout;

    @UriParam(
            label = "producer",
            defaultValue = "20000",
            description = "REQ, DEALER with InOut: milliseconds from the arrival of the exchange to the reply, after "
                    + "which it fails.")
    private long requestTimeout = 20_000;

    @UriParam(
            label = "consumer",
            description = "SUB: topics to subscribe to, joined with commas; a message whose first frame begins with "
                    + "one of them is received. The default is all messages.")
    private String topics;

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description = "Threads that bring messages into the route. With one, messages enter it in the order in "
                    + "which they came.")
    private int concurrentConsumers = 1;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            description = "Most messages that were received and whose exchanges are not done. At the bound nothing is "
                    + "received, so the sender is held back at its high-water mark (PUB drops). 1: one exchange "
                    + "after the other.")
    private int maxInFlight = 1000;

    @UriParam(
            defaultValue = "ERROR",
            description = "Reply, one frame of UTF-8 text, that stands for a failed exchange: REP and ROUTER send it "
                    + "when their route failed, REQ and DEALER fail the exchange that gets it. Empty: REP and "
                    + "ROUTER then answer with an empty frame, REQ and DEALER take any reply for success.")
    private String errorReply = "ERROR";

    @UriParam(
            label = "security",
            description = "Certificate of this socket with its secret key, as ZCert or pyzmq's zmq.auth write it "
                    + "(name.key_secret). Needs curveServerKeyFile or curveClientKeys.")
    private String curveKeyFile;

    @UriParam(
            label = "security",
            description = "Certificate of the CURVE server with its public key. This socket is then a CURVE client and "
                    + "talks to no other server.")
    private String curveServerKeyFile;

    @UriParam(
            label = "security",
            description = "Folder with the public certificates of the clients that are let in; it is looked at for "
                    + "each new connection. * lets in every client that knows the server's public key. This socket "
                    + "is then a CURVE server.")
    private String curveClientKeys;

    ZeroMqConfiguration copy() {
        try {
            return (ZeroMqConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public ZeroMqSocketType getSocketType() {
        return socketType;
    }

    public void setSocketType(ZeroMqSocketType socketType) {
        this.socketType = socketType;
    }

    public boolean isBind() {
        return bind;
    }

    public void setBind(boolean bind) {
        this.bind = bind;
    }

    public int getSendHwm() {
        return sendHwm;
    }

    public void setSendHwm(int sendHwm) {
        this.sendHwm = sendHwm;
    }

    public int getReceiveHwm() {
        return receiveHwm;
    }

    public void setReceiveHwm(int receiveHwm) {
        this.receiveHwm = receiveHwm;
    }

    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public int getLinger() {
        return linger;
    }

    public void setLinger(int linger) {
        this.linger = linger;
    }

    public String getIdentity() {
        return identity;
    }

    public void setIdentity(String identity) {
        this.identity = identity;
    }

    public int getHeartbeatInterval() {
        return heartbeatInterval;
    }

    public void setHeartbeatInterval(int heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public int getHeartbeatTimeout() {
        return heartbeatTimeout;
    }

    public void setHeartbeatTimeout(int heartbeatTimeout) {
        this.heartbeatTimeout = heartbeatTimeout;
    }

    public int getReconnectInterval() {
        return reconnectInterval;
    }

    public void setReconnectInterval(int reconnectInterval) {
        this.reconnectInterval = reconnectInterval;
    }

    public int getReconnectIntervalMax() {
        return reconnectIntervalMax;
    }

    public void setReconnectIntervalMax(int reconnectIntervalMax) {
        this.reconnectIntervalMax = reconnectIntervalMax;
    }

    public boolean isTcpKeepAlive() {
        return tcpKeepAlive;
    }

    public void setTcpKeepAlive(boolean tcpKeepAlive) {
        this.tcpKeepAlive = tcpKeepAlive;
    }

    public int getTcpKeepAliveIdle() {
        return tcpKeepAliveIdle;
    }

    public void setTcpKeepAliveIdle(int tcpKeepAliveIdle) {
        this.tcpKeepAliveIdle = tcpKeepAliveIdle;
    }

    public int getTcpKeepAliveInterval() {
        return tcpKeepAliveInterval;
    }

    public void setTcpKeepAliveInterval(int tcpKeepAliveInterval) {
        this.tcpKeepAliveInterval = tcpKeepAliveInterval;
    }

    public int getTcpKeepAliveCount() {
        return tcpKeepAliveCount;
    }

    public void setTcpKeepAliveCount(int tcpKeepAliveCount) {
        this.tcpKeepAliveCount = tcpKeepAliveCount;
    }

    public boolean isIpv6() {
        return ipv6;
    }

    public void setIpv6(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public boolean isNoDrop() {
        return noDrop;
    }

    public void setNoDrop(boolean noDrop) {
        this.noDrop = noDrop;
    }

    public long getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(long sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public String getTopics() {
        return topics;
    }

    public void setTopics(String topics) {
        this.topics = topics;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public String getErrorReply() {
        return errorReply;
    }

    public void setErrorReply(String errorReply) {
        this.errorReply = errorReply;
    }

    public String getCurveKeyFile() {
        return curveKeyFile;
    }

    public void setCurveKeyFile(String curveKeyFile) {
        this.curveKeyFile = curveKeyFile;
    }

    public String getCurveServerKeyFile() {
        return curveServerKeyFile;
    }

    public void setCurveServerKeyFile(String curveServerKeyFile) {
        this.curveServerKeyFile = curveServerKeyFile;
    }

    public String getCurveClientKeys() {
        return curveClientKeys;
    }

    public void setCurveClientKeys(String curveClientKeys) {
        this.curveClientKeys = curveClientKeys;
    }
}
