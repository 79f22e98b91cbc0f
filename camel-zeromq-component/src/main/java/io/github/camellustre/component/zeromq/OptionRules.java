// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.nio.charset.StandardCharsets;

/** What may be combined. Each refusal names the option, its value and the remedy. */
final class OptionRules {
    private static final int MAX_IDENTITY = 255;

    private OptionRules() {}

    /** @throws IllegalArgumentException if no producer can be made */
    static void checkProducer(ZeroMqConfiguration options) {
        check(options);
        ZeroMqSocketType type = options.getSocketType();
        refuse(
                type.isConsumer(),
                "socketType=" + type,
                "receives and cannot be sent to;" + " use it in from, or PUSH, PUB, REQ or DEALER");
        boolean pub = type == ZeroMqSocketType.PUB;
        refuse(
                options.getTopic() != null && !pub,
                "topic=" + options.getTopic(),
                "is for socketType=PUB; leave it out");
        refuse(
                options.isNoDrop() && !pub,
                "noDrop=true",
                "is for socketType=PUB, " + type + " never drops; leave it out");
        refuse(
                options.getTopics() != null,
                "topics=" + options.getTopics(),
                "is for socketType=SUB;" + " a PUB's own is called topic");
    }

    /** @throws IllegalArgumentException if no consumer can be made */
    static void checkConsumer(ZeroMqConfiguration options) {
        check(options);
        ZeroMqSocketType type = options.getSocketType();
        refuse(
                type.isProducer(),
                "socketType=" + type,
                "sends and cannot be received from;" + " use it in to, or PULL, SUB, REP or ROUTER");
        refuse(
                options.getTopics() != null && type != ZeroMqSocketType.SUB,
                "topics=" + options.getTopics(),
                "is for socketType=SUB; leave it out");
        refuse(
                options.getTopic() != null,
                "topic=" + options.getTopic(),
                "is for socketType=PUB;" + " a SUB's own are called topics");
        refuse(options.isNoDrop(), "noDrop=true", "is for socketType=PUB; set it where the messages are sent");
        refuse(
                type == ZeroMqSocketType.REP && options.getConcurrentConsumers() > 1,
                "concurrentConsumers=" + options.getConcurrentConsumers(),
                "cannot be had with socketType=REP, which answers one request before it takes the next;"
                        + " use ROUTER, which serves the same clients");
    }

    private static void check(ZeroMqConfiguration options) {
        if (options.getSocketType() == null) {
            throw new IllegalArgumentException("zeromq: socketType is missing; write PUSH, PUB, REQ or DEALER to send,"
                    + " PULL, SUB, REP or ROUTER to receive");
        }
        atLeast(1, "sendHwm", options.getSendHwm());
        atLeast(1, "receiveHwm", options.getReceiveHwm());
        atLeast(1, "maxMessageSize", options.getMaxMessageSize());
        atLeast(0, "linger", options.getLinger());
        atLeast(0, "heartbeatInterval", options.getHeartbeatInterval());
        atLeast(0, "heartbeatTimeout", options.getHeartbeatTimeout());
        atLeast(1, "reconnectInterval", options.getReconnectInterval());
        atLeast(0, "reconnectIntervalMax", options.getReconnectIntervalMax());
        atLeast(0, "tcpKeepAliveIdle", options.getTcpKeepAliveIdle());
        atLeast(0, "tcpKeepAliveInterval", options.getTcpKeepAliveInterval());
        atLeast(0, "tcpKeepAliveCount", options.getTcpKeepAliveCount());
        atLeast(0, "sendTimeout", options.getSendTimeout());
        atLeast(1, "requestTimeout", options.getRequestTimeout());
        atLeast(1, "concurrentConsumers", options.getConcurrentConsumers());
        atLeast(1, "maxInFlight", options.getMaxInFlight());
        if (options.getIdentity() != null) {
            int length = options.getIdentity().getBytes(StandardCharsets.UTF_8).length;
            refuse(
                    length < 1 || length > MAX_IDENTITY || options.getIdentity().charAt(0) == 0,
                    "identity=" + options.getIdentity(),
                    "must have 1 to 255 bytes and not begin with a zero");
        }
        checkCurve(options);
    }

    private static void checkCurve(ZeroMqConfiguration options) {
        boolean server = options.getCurveClientKeys() != null;
        boolean client = options.getCurveServerKeyFile() != null;
        refuse(
                options.getCurveKeyFile() != null && !server && !client,
                "curveKeyFile=" + options.getCurveKeyFile(),
                "does not say whose server this is: add curveClientKeys (this socket is the CURVE server) or"
                        + " curveServerKeyFile (its peer is)");
        refuse(
                server && client,
                "curveClientKeys=" + options.getCurveClientKeys(),
                "makes this the CURVE server and" + " curveServerKeyFile the client; give one of them");
        refuse(
                (server || client) && options.getCurveKeyFile() == null,
                server
                        ? "curveClientKeys=" + options.getCurveClientKeys()
                        : "curveServerKeyFile=" + options.getCurveServerKeyFile(),
                "needs this socket's own certificate with its secret key: add curveKeyFile");
    }

    private static void atLeast(long min, String option, long value) {
        refuse(value < min, option + "=" + value, "is too small: at least " + min);
    }

    private static void refuse(boolean wrong, String option, String remedy) {
        if (wrong) {
            throw new IllegalArgumentException("zeromq: " + option + " " + remedy);
        }
    }
}
