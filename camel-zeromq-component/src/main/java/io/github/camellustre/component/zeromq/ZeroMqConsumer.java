// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * Brings messages from a socket into a route, and the results of the route back where the socket answers.
 *
 * <p>It is suspendable, or Camel would take the route's processors away at a stop before the last message is through.
 */
final class ZeroMqConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {
    private final ZeroMqEndpoint endpoint;
    private final ZeroMqConfiguration configuration;
    private final ZeroMqSocketType type;
    private final Receiver receiver;
    private ExecutorService workers;
    private volatile SocketThread thread;
    private ZeroMqHealthCheck healthCheck;

    ZeroMqConsumer(ZeroMqEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.configuration = endpoint.getConfiguration();
        this.type = configuration.getSocketType();
        this.receiver = new Receiver(configuration, endpoint.counters(), this::received);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "zeromq-consumer", configuration.getConcurrentConsumers());
        ZeroMqSocket socket = endpoint.newSocket();
        SocketThread opening = new SocketThread(socket, receiver, endpoint.sockets());
        opening.open();
        thread = opening;
        healthCheck = ZeroMqHealthCheck.register(
                endpoint.getCamelContext(), getRouteId(), endpoint, socket.connections(), opening::failure);
        wake();
    }

    /** On the thread of the socket. */
    private void received(byte[][] frames) {
        try {
            workers.execute(() -> process(frames));
        } catch (RejectedExecutionException e) {
            receiver.done();
        }
    }

    private void process(byte[][] frames) {
        Envelope envelope = Envelope.of(type, frames);
        Exchange exchange = createExchange(false);
        int from = envelope.length();
        if (type == ZeroMqSocketType.ROUTER) {
            exchange.getIn().setHeader(ZeroMqConstants.IDENTITY, envelope.identity());
        } else if (type == ZeroMqSocketType.SUB && frames.length > 1) {
            exchange.getIn().setHeader(ZeroMqConstants.TOPIC, Topics.text(frames[0]));
            from = 1;
        }
        exchange.getIn().setBody(Frames.body(frames, from));
        if (type.isAnswered()) {
            exchange.setPattern(ExchangePattern.InOut);
        }
        getAsyncProcessor().process(exchange, doneSync -> done(exchange, envelope));
    }

    private void done(Exchange exchange, Envelope envelope) {
        try {
            if (type.isAnswered()) {
                receiver.reply(envelope.before(result(exchange)));
            }
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("Error processing a message", exchange, exchange.getException());
            }
        } finally {
            releaseExchange(exchange, false);
            if (receiver.done() || type.isAnswered()) {
                wake();
            }
        }
    }

    private byte[][] result(Exchange exchange) {
        if (!exchange.isFailed() && !exchange.isRollbackOnly()) {
            try {
                return Frames.of(exchange.getMessage().getBody(), exchange);
            } catch (NoTypeConversionAvailableException | RuntimeException e) {
                exchange.setException(e);
            }
        }
        return new byte[][] {Topics.bytes(configuration.getErrorReply())};
    }

    private void wake() {
        SocketThread current = thread;
        if (current != null) {
            current.wake();
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        receiver.suspend();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        receiver.resume();
        wake();
    }

    @Override
    protected void doStop() throws Exception {
        ZeroMqHealthCheck.unregister(endpoint.getCamelContext(), healthCheck);
        healthCheck = null;
        receiver.suspend();
        if (workers != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
            workers = null;
        }
        if (thread != null) {
            thread.close();
            thread = null;
        }
        super.doStop();
    }

    /** No: so Camel suspends it first, and stops it when nothing is on its way any more. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return receiver.inFlight();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // suspending is all it takes
    }
}
