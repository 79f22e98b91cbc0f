// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

/** The socket that all producers of an endpoint share: a second one could not be bound. */
final class ProducerSocket {
    private final Outbox<Outgoing> outbox = new Outbox<>();
    private final Completions completions;
    private final SocketThread thread;

    ProducerSocket(
            ZeroMqSocket socket, ZeroMqConfiguration configuration, SocketContext context, SocketCounters counters)
            throws Exception {
        this.completions = new Completions(context.completions());
        SocketWork work = configuration.getSocketType().isAnswered()
                ? new Requests(
                        outbox, completions, context.completions(), socket.connections(), counters, configuration)
                : new OneWay(
                        outbox,
                        completions,
                        socket.connections(),
                        counters,
                        configuration.getSocketType() == ZeroMqSocketType.PUB && !configuration.isNoDrop());
        this.thread = new SocketThread(socket, work, context);
        thread.open();
    }

    /** @return false if the socket is closed */
    boolean send(Outgoing message) {
        completions.yieldTurn();
        if (!outbox.add(message)) {
            return false;
        }
        thread.wake();
        return true;
    }

    Throwable failure() {
        return thread.failure();
    }

    void close() throws InterruptedException {
        thread.close();
    }
}
