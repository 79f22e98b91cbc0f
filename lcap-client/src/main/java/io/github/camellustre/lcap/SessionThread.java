// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.reader.BackOff;
import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.IoThreads;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.ReturnCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZContext;

/** The one thread that talks to the server: one session after another, until the reader is closed or refused for good. */
final class SessionThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionThread.class);
    /** As long as a server may hold back the answer to a DEQUEUE. */
    private static final Duration LONG_POLL = Duration.ofSeconds(1);

    /** A server that says sooner that it has nothing does not hold answers back. */
    private static final long AT_ONCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServerAddress address;
    private final CurveKeys keys;
    private final String mdt;
    private final Desk desk;
    private final Timing timing;
    /** Growing, for a server that is slow or far away. */
    private final BackOff handshakes = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(4));

    private final BackOff betweenSessions = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private final BackOff betweenQuestions = new BackOff(Duration.ofMillis(10), Duration.ofMillis(500));

    private volatile Connection connection;
    private volatile String problem = "it was not asked yet";
    private LocalFilter filter;
    private long dequeueFrom = System.nanoTime();
    /** Whether the server did not have the group when it was asked last. */
    private boolean refused;

    private long refusedFrom;
    private long reportedAt;
    private boolean reported;

    SessionThread(ServerAddress address, CurveKeys keys, String mdt, Desk desk, Timing timing) {
        this.address = address;
        this.keys = keys;
        this.mdt = mdt;
        this.desk = desk;
        this.timing = timing;
    }

    @Override
    public void run() {
        try (ZContext context = IoThreads.newContext()) {
            context.setLinger(0);
            while (!desk.isClosed()) {
                attempt(context);
            }
        } catch (LcapException e) {
            desk.failed(e);
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            LOG.error("{}: the reader has failed", place(), e);
            desk.failed(new LcapException(place() + ": the reader has failed: " + e, e));
        }
    }

    private void attempt(ZContext context) throws LcapException, IOException, InterruptedException {
        try (Connection opened =
                new Connection(context, address, keys, mdt, handshakes.next(), desk::connectionBroke)) {
            connection = opened;
            if (desk.isClosed()) {
                // whoever closed it may have found no connection to wake
                return;
            }
            Session session = new Session(opened, mdt, timing, desk::isClosed);
            SessionOptions options = desk.options();
            session.start(options, place());
            started(session, options);
            serve(session);
        } catch (LostException e) {
            lost(e);
        } finally {
            ended();
        }
        if (!problem.isEmpty()) {
            desk.pause(betweenSessions.next());
        }
    }

    private void ended() {
        Connection former = connection;
        connection = null;
        if (former != null && former.isGreeted()) {
            handshakes.reset();
        }
        desk.ended();
    }

    private void started(Session session, SessionOptions options) {
        if (reported) {
            LOG.info("{}: the session has begun", place());
        }
        if (!session.keepsLeases()) {
            LOG.warn(
                    "{}: this server is one of LCAP's own: it knows no groups, leases and filters; filters are applied"
                            + " here, and a batch is acknowledged as a whole",
                    place());
        }
        filter = localFilter(session, options);
        reported = false;
        refused = false;
        problem = "";
        desk.started(options);
    }

    private void serve(Session session) throws LostException, LcapException, IOException, InterruptedException {
        try {
            Work work = desk.next(dequeueFrom, session.keepsLeases());
            while (work != null && !isOtherGroup(work.options(), session)) {
                session.mustBeConnected();
                if (work.options() != null) {
                    session.change(work.options());
                    filter = localFilter(session, work.options());
                }
                if (work.renew()) {
                    session.renew();
                }
                exchange(session, work);
                work = desk.next(dequeueFrom, session.keepsLeases());
            }
        } catch (LostException e) {
            // what is still to be answered was only waited for
            if (!desk.isClosed()) {
                throw e;
            }
        }
        session.end(desk.unsent(session.keepsLeases()));
    }

    private static boolean isOtherGroup(SessionOptions wished, Session session) {
        return wished != null && !wished.group().equals(session.options().group());
    }

    private static LocalFilter localFilter(Session session, SessionOptions options) {
        return new LocalFilter(session.keepsLeases() ? null : options.filter());
    }

    /** A batch's end and the question for the next one travel together. */
    private void exchange(Session session, Work work) throws LostException, IOException {
        if (work.clear() > 0) {
            session.send(new Request.Clear(work.clear()));
        }
        long asked = System.nanoTime();
        if (work.dequeue()) {
            session.send(new Request.Dequeue());
        }
        if (work.clear() > 0) {
            cleared(work.clear(), session.code(timing.answer()));
        }
        if (work.dequeue()) {
            dequeued(session, asked);
        }
    }

    private void cleared(long index, int code) throws LostException {
        if (code == ReturnCode.EPROTO) {
            throw new LostException("the server does not know this session any more");
        }
        if (code != ReturnCode.OK) {
            LOG.warn(
                    "{}: the server could not acknowledge up to index {}: {}; its log may say why",
                    place(),
                    index,
                    ReturnCode.text(code));
        }
    }

    private void dequeued(Session session, long asked) throws LostException, IOException {
        Answer answer = session.answer(timing.answer().plus(LONG_POLL));
        if (answer instanceof Answer.Records records) {
            answered();
            betweenQuestions.reset();
            ChangelogBatch received =
                    ChangelogBatch.of(records.block(), 0, records.block().count());
            desk.received(new BatchInHand(received, filter.wanted(received)));
            return;
        }
        int code = ((Answer.Ack) answer).code();
        if (code != ReturnCode.NOTHING_NOW) {
            throw new LostException(
                    code == ReturnCode.EPROTO
                            ? "the server does not know this session any more, or has another batch in hand"
                            : "the server could not give records: " + ReturnCode.text(code));
        }
        answered();
        long now = System.nanoTime();
        if (now - asked < AT_ONCE) {
            dequeueFrom = now + betweenQuestions.next().toNanos();
        }
        desk.receivedNothing();
    }

    /** Only now: a session that breaks at its first question must not be begun again and again without a pause. */
    private void answered() {
        betweenSessions.reset();
    }

    private void lost(LostException e) throws LcapException {
        if (desk.isClosed()) {
            return;
        }
        long now = System.nanoTime();
        if (problem.isEmpty()) {
            report(now, "the session is lost, another one is begun, records in hand may come again", e);
        } else if (!reported || now - reportedAt >= timing.report().toNanos()) {
            report(now, "waits for the server", e);
        }
        problem = e.getMessage();
        boolean refusedBefore = refused;
        refused = e instanceof RefusedException;
        if (refused && !refusedBefore) {
            refusedFrom = now;
        } else if (refused && now - refusedFrom >= timing.grace().toNanos()) {
            throw new LcapException(place() + ": " + e.getMessage());
        }
    }

    private void report(long now, String what, LostException why) {
        LOG.warn("{}: {}: {}", place(), what, why.getMessage());
        reported = true;
        reportedAt = now;
    }

    /** Ends a wait for an answer: the reader is closed. */
    void wake() {
        Connection open = connection;
        if (open != null) {
            open.wake();
        }
    }

    /** Why there is no session. */
    String problem() {
        return problem;
    }

    /** For messages. */
    String place() {
        return address + ", " + mdt + ", group " + desk.options().group();
    }
}
