// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.support.DefaultAsyncProducer;

/** Gives messages to the socket of its endpoint; the exchange goes on when the socket has taken it, or is answered. */
final class ZeroMqProducer extends DefaultAsyncProducer {
    private final ZeroMqEndpoint endpoint;
    private final ZeroMqConfiguration configuration;
    private final boolean pub;
    private volatile ProducerSocket socket;
    private Expression topic;

    ZeroMqProducer(ZeroMqEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.configuration = endpoint.getConfiguration();
        this.pub = configuration.getSocketType() == ZeroMqSocketType.PUB;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            byte[][] frames = Frames.of(exchange.getMessage().getBody(), exchange);
            boolean wantsReply = configuration.getSocketType().isAnswered()
                    && exchange.getPattern().isOutCapable();
            Outgoing message = new Outgoing(
                    pub ? withTopic(frames, exchange) : frames,
                    wantsReply,
                    wantsReply ? configuration.getRequestTimeout() : configuration.getSendTimeout(),
                    exchange,
                    callback);
            ProducerSocket current = socket;
            if (current != null && current.send(message)) {
                return false;
            }
            exchange.setException(Sending.closed());
        } catch (NoTypeConversionAvailableException | RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private byte[][] withTopic(byte[][] frames, Exchange exchange) {
        String text = exchange.getMessage().getHeader(ZeroMqConstants.TOPIC, String.class);
        if (text == null && topic != null) {
            text = topic.evaluate(exchange, String.class);
        }
        return text == null ? frames : Frames.prepend(Topics.bytes(text), frames);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (configuration.getTopic() != null) {
            topic = endpoint.getCamelContext().resolveLanguage("simple").createExpression(configuration.getTopic());
            topic.init(endpoint.getCamelContext());
        }
        socket = endpoint.acquireSocket();
    }

    @Override
    protected void doStop() throws Exception {
        if (socket != null) {
            socket = null;
            endpoint.releaseSocket();
        }
        super.doStop();
    }
}
