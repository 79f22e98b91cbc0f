// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The one thread that opens, uses and closes a socket. It sleeps in a selector of its own, on the socket's channel, so
 * that other threads can wake it without touching JeroMQ, which does not survive the interrupt of a thread within it.
 */
final class SocketThread {
    private static final Logger LOG = LoggerFactory.getLogger(SocketThread.class);

    /** The thread never waits for anything but its selector, so this is ample. */
    private static final long CLOSING_MILLIS = 10_000;

    private enum State {
        RUNNING,
        ASLEEP,
        CALLED
    }

    private final ZeroMqSocket opener;
    private final SocketWork work;
    private final Selector selector;
    private final Thread thread;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile Throwable failure;

    SocketThread(ZeroMqSocket opener, SocketWork work, SocketContext context) throws IOException {
        this.opener = opener;
        this.work = work;
        this.selector = Selector.open();
        this.thread = context.newThread(this::live, opener.name());
        opener.connections().onChange(this::wake);
    }

    /** Returns when the socket is bound or connects. Throws what prevents it. */
    void open() throws Exception {
        thread.start();
        try {
            opened.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            closing = true;
            wake();
            throw e;
        }
    }

    /** Has the work run again soon. From any thread; cheap while it is running. */
    void wake() {
        if (state.get() != State.CALLED && state.getAndSet(State.CALLED) == State.ASLEEP) {
            selector.wakeup();
        }
    }

    /** Sends what can be sent at once, closes the socket and fails what waits. */
    void close() throws InterruptedException {
        closing = true;
        wake();
        if (!ended.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.warn("{}: the socket did not close in time; its thread is left behind", opener.name());
        }
    }

    /** What ended the thread although nobody closed the socket, or null. */
    Throwable failure() {
        return failure;
    }

    private void live() {
        ZMQ.Socket socket = null;
        try {
            socket = opener.open();
            socket.getFD().register(selector, SelectionKey.OP_READ);
            opened.complete(null);
            serve(socket);
        } catch (Throwable e) {
            // An Error, too, must not leave exchanges waiting for ever.
            if (!opened.completeExceptionally(e)) {
                failure = e;
                LOG.error("{}: the socket has failed and is closed; restart the route", opener.name(), e);
            }
        } finally {
            end(socket);
        }
    }

    private void serve(ZMQ.Socket socket) throws IOException {
        while (true) {
            state.set(State.RUNNING);
            boolean last = closing;
            long pause = Math.min(work.run(socket), opener.tend(socket));
            if (last) {
                return;
            }
            if (state.compareAndSet(State.RUNNING, State.ASLEEP)) {
                sleep(pause);
                // Takes in what happened to connections, also while there is nothing to send or receive.
                socket.getEvents();
            }
        }
    }

    private void sleep(long pause) throws IOException {
        if (pause == SocketWork.NEVER) {
            selector.select();
        } else if (pause > 0) {
            selector.select(pause);
        }
        selector.selectedKeys().clear();
    }

    private void end(ZMQ.Socket socket) {
        try {
            work.stopped();
            selector.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: closing", opener.name(), e);
        } finally {
            if (socket != null) {
                opener.close(socket);
            }
            ended.countDown();
        }
    }
}
