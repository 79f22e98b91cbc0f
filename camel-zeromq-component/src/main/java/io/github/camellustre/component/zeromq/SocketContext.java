// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The ZeroMQ context of a component: its sockets meet by {@code inproc} and share an I/O thread.
 *
 * <p>JeroMQ breaks where a thread that is in it is interrupted. So sockets and this context live on threads of our own,
 * which nobody else knows; Camel's pools only run what does not touch JeroMQ.
 */
final class SocketContext {
    private static final Logger LOG = LoggerFactory.getLogger(SocketContext.class);

    /** Beyond the linger of the sockets, which is all that the end of a context waits for. */
    private static final long CLOSING_MILLIS = 5_000;

    private final ZMQ.Context context = ZMQ.context(1);
    private final CamelContext camelContext;
    private final ExecutorService completions;
    private final AtomicInteger domains = new AtomicInteger();
    private final AtomicInteger longestLinger = new AtomicInteger();
    private final Admissions admissions;
    private boolean admitting;
    private volatile Throwable failure;

    SocketContext(CamelContext camelContext) {
        this.camelContext = camelContext;
        this.completions = camelContext.getExecutorServiceManager().newCachedThreadPool(this, "zeromq-completion");
        this.admissions = new Admissions(context);
        context.setUncaughtExceptionHandler((thread, e) -> {
            failure = e;
            LOG.error("The thread of ZeroMQ '{}' has died: restart the Camel context", thread.getName(), e);
        });
        context.setNotificationExceptionHandler((thread, e) ->
                LOG.debug("A peer sent what ZeroMQ cannot make sense of; only its own connection suffers", e));
    }

    ZMQ.Socket open(ZeroMqSocketType type, int linger) {
        longestLinger.accumulateAndGet(linger, Math::max);
        ZMQ.Socket socket = context.socket(type.type());
        socket.setLinger(linger);
        return socket;
    }

    /** Has the I/O thread go through all that it watches, as it does whenever there is another channel. */
    void lookAtConnections() {
        try (ZMQ.Socket socket = context.socket(SocketType.PULL)) {
            socket.bind("tcp://127.0.0.1:*");
        } catch (ZMQException e) {
            LOG.debug("No port for a moment; the time-out of the handshake will do", e);
        }
    }

    /** Name, for each socket another, by which {@link Admissions} knows who is asked about. */
    String newDomain() {
        return String.valueOf(domains.incrementAndGet());
    }

    void forget(String domain) {
        admissions.forget(domain);
    }

    /** Must be there before a CURVE server is bound: ZeroMQ lets everybody in if there is nobody to ask. */
    synchronized Admissions admissions() {
        if (!admitting) {
            CompletableFuture<Void> opened = new CompletableFuture<>();
            newThread(() -> admit(opened), "admissions").start();
            opened.join();
            admitting = true;
        }
        return admissions;
    }

    private void admit(CompletableFuture<Void> opened) {
        ZMQ.Socket socket;
        try {
            socket = admissions.open();
        } catch (RuntimeException e) {
            opened.completeExceptionally(e);
            return;
        }
        opened.complete(null);
        admissions.answer(socket);
    }

    /** Runs what comes after a message in its route. */
    ExecutorService completions() {
        return completions;
    }

    /** A thread that nobody interrupts. */
    Thread newThread(Runnable work, String name) {
        Thread thread =
                new Thread(work, camelContext.getExecutorServiceManager().resolveThreadName("zeromq-" + name));
        thread.setDaemon(true);
        return thread;
    }

    /** What ended the I/O thread, or null. */
    Throwable failure() {
        return failure;
    }

    /** Waits for what the sockets still have to send, as long as their linger says. All sockets must be closed. */
    void close() throws InterruptedException {
        Thread closing = newThread(context::term, "close");
        closing.start();
        closing.join(longestLinger.get() + CLOSING_MILLIS);
        if (closing.isAlive()) {
            LOG.warn("ZeroMQ did not end in time; its threads are left behind");
        }
        camelContext.getExecutorServiceManager().shutdownGraceful(completions);
    }
}
