// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Batches from a server. The socket belongs to a thread of its own, so that an interrupt cannot harm it. */
final class ServerChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(ServerChannel.class);

    private final Desk desk;
    private final Timing timing;
    private final SessionThread session;
    private final Thread thread;

    private ServerChannel(ServerAddress address, CurveKeys keys, String mdt, SessionOptions options, Timing timing) {
        this.desk = new Desk(options, timing);
        this.timing = timing;
        this.session = new SessionThread(address, keys, mdt, desk, timing);
        this.thread = new Thread(session, "lcap-reader-" + mdt);
        thread.setDaemon(true);
    }

    /**
     * Returns when the first session has begun.
     *
     * @param keys null: not encrypted
     * @param limit null: endless
     */
    static ServerChannel start(
            ServerAddress address, CurveKeys keys, String mdt, SessionOptions options, Timing timing, Duration limit)
            throws LcapException, InterruptedException {
        ServerChannel channel = new ServerChannel(address, keys, mdt, options, timing);
        channel.thread.start();
        boolean started = false;
        try {
            started = channel.desk.awaitStart(limit);
        } finally {
            if (!started) {
                channel.close();
            }
        }
        if (!started) {
            throw new LcapException(channel.session.place() + ": no session within " + limit.toMillis() + " ms: "
                    + channel.session.problem() + "; is the server there, and is this its address?");
        }
        return channel;
    }

    @Override
    public BatchInHand dequeue() throws LcapException, InterruptedException {
        return desk.dequeue();
    }

    @Override
    public void complete(BatchInHand batch) {
        desk.complete(batch);
    }

    @Override
    public void touch() {
        desk.touch();
    }

    @Override
    public void set(Option option) {
        desk.set(option);
    }

    @Override
    public void set(GroupName group) {
        desk.set(group);
    }

    @Override
    public boolean isClosed() {
        return desk.isClosed();
    }

    @Override
    public void close() {
        desk.close();
        session.wake();
        // the good-bye has its own, shorter limit
        if (!Uninterrupted.run(() -> thread.join(timing.answer().toMillis())) || thread.isAlive()) {
            LOG.warn("{}: the connection does not end; it is left to itself", session.place());
        }
    }
}
