// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.component.lcap.group.Answer;
import io.github.camellustre.lcap.wire.GroupName;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Serves the groups of one address. One thread owns the socket, the sessions and the engines, so that none of them knows
 * locks. Whatever a peer does, and whatever fails, that thread goes on, and never waits for anybody.
 *
 * <p>Records come in by a queue. A thread that brings some wakes the server only if it sleeps, and after it has been woken
 * by records it does not let itself be woken by records for a millisecond: else each record of a steady stream would cost
 * a system call and a change of threads.
 */
public final class LcapServer {
    private static final Logger LOG = LoggerFactory.getLogger(LcapServer.class);

    /** Exchanges, or messages, after which the others have their turn. */
    private static final int TURN = 1_024;

    private static final long NAP_MILLIS = 1;
    private static final long LONGEST_SLEEP_MILLIS = 60_000;
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STATUS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long COMMAND_SECONDS = 30;

    private final ServerAddress address;
    private final CurveKeys curve;
    private final Leases leases;
    private final RouterSocket socket;
    private final Completions completions;
    private final Intake intake;
    private final Thread thread;
    private volatile boolean closing;

    private final SparseLog failures = new SparseLog(LOG, Level.ERROR);
    private final GroupTable groups = new GroupTable(this);
    private final SessionTable sessions = new SessionTable();
    private final Agenda agenda = new Agenda();
    private final Dialogue dialogue;
    private final Admission admission;

    private long now = System.nanoTime();
    private long statusAt = now;

    private LcapServer(ServerAddress address, CurveKeys curve, Leases leases, Executor executor) throws IOException {
        this.address = address;
        this.curve = curve;
        this.leases = leases;
        this.completions = new Completions(executor);
        this.socket = new RouterSocket(address, curve);
        this.intake = new Intake(socket::wakeUp);
        this.dialogue = new Dialogue(this, socket, sessions);
        this.admission = new Admission(dialogue);
        this.thread = new Thread(this::run, "lcap-" + address);
    }

    /**
     * Begins to listen.
     *
     * @param curve null without encryption
     * @param completions where those who brought records are told that they are done
     * @throws IOException with address, reason and remedy
     */
    public static LcapServer open(ServerAddress address, CurveKeys curve, Executor completions) throws IOException {
        return open(address, curve, Leases.DEFAULT, completions);
    }

    static LcapServer open(ServerAddress address, CurveKeys curve, Leases leases, Executor completions)
            throws IOException {
        LcapServer server = new LcapServer(address, curve, leases, completions);
        server.thread.start();
        LOG.info("lcap: listens on {}{}", address, curve == null ? "" : ", encrypted");
        return server;
    }

    public ServerAddress address() {
        return address;
    }

    /** Null without encryption. */
    public CurveKeys curve() {
        return curve;
    }

    /** The port that it listens on. */
    public int port() {
        return socket.port();
    }

    /** False if its thread has died. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * Serves a group, or joins those who serve it.
     *
     * @throws IllegalArgumentException another endpoint serves it with other settings
     */
    public GroupUse attach(GroupSettings settings) throws IOException {
        return call(() -> new GroupUse(this, groups.attach(settings)));
    }

    /** Begins to answer. To be called when the groups of all routes are there. */
    public void admit() {
        execute(admission::open);
    }

    /** Requests that wait for {@link #admit}. To be called on the server's thread. */
    int early() {
        return admission.waiting();
    }

    /** Stops listening. Groups that are left fail what they hold. */
    public void close() {
        closing = true;
        socket.wakeUp();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records for a group. From any thread; never waits. */
    void offer(Offer offer) {
        intake.offer(offer);
    }

    /** Does something on the server's thread and waits for it. */
    <T> T call(Callable<T> command) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean taken = execute(() -> {
            try {
                result.complete(command.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        if (!taken) {
            throw stopped();
        }
        try {
            return result.get(COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("lcap: interrupted while waiting for the server of " + address, e);
        } catch (TimeoutException e) {
            throw new IOException("lcap: the server of " + address + " does not react", e);
        }
    }

    /** @return false if it will not be done: the server has stopped */
    boolean execute(Runnable command) {
        return intake.execute(command);
    }

    private IOException stopped() {
        return new IOException("lcap: the server of " + address + " has stopped: the records come again");
    }

    /** Ends a group as soon as its readers have gone. To be called on the server's thread; completes when it is over. */
    void endLater(ServedGroup group, CompletableFuture<Void> whenOver) {
        groups.endLater(group, whenOver);
    }

    private void run() {
        while (!closing) {
            try {
                boolean offered = false;
                while (!closing && turn()) {
                    offered = true;
                }
                sleep(offered);
            } catch (IOException | RuntimeException | Error e) {
                failures.say("lcap: a turn of the server of {} failed: it goes on", address, e);
                LockSupport.parkNanos(AFTER_FAILURE_NANOS);
            }
        }
        intake.end(stopped());
        groups.endAll();
        completions.flush();
        try {
            socket.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("lcap: closing the socket of {} failed: {}", address, e.toString());
        }
    }

    /** @return whether there may be more to do at once */
    private boolean turn() {
        now = System.nanoTime();
        boolean any = intake.runCommands();
        any |= intake.takeOffers(TURN);
        // Reading comes after all that is sent from elsewhere: see RouterSocket.receive.
        any |= settle();
        RouterSocket.Incoming message = socket.receive();
        for (int received = 0; message != null; message = received < TURN ? socket.receive() : null) {
            now = System.nanoTime();
            admission.receive(message);
            received++;
            any = true;
        }
        groups.endDue(now);
        completions.flush();
        return any;
    }

    /** Lets the engines do what is due, and sends what readers have waited for. */
    private boolean settle() {
        boolean sent = false;
        for (ServedMdt mdt = agenda.next(now); mdt != null; mdt = agenda.next(now)) {
            long due = mdt.engine().tick(now);
            for (Answer answer = mdt.engine().next(now);
                    answer != null;
                    answer = mdt.engine().next(now)) {
                Session session = mdt.session(answer.reader());
                if (session != null) {
                    dialogue.send(session, answer);
                }
                due = mdt.engine().tick(now);
                sent = true;
            }
            agenda.settled(mdt, due);
        }
        return sent;
    }

    private void sleep(boolean worked) throws IOException {
        long millis = Math.min(LONGEST_SLEEP_MILLIS, TimeUnit.NANOSECONDS.toMillis(nextAt() - System.nanoTime()) + 1);
        if (millis > TimeUnit.NANOSECONDS.toMillis(STATUS_NANOS) || now - statusAt >= STATUS_NANOS) {
            statusAt = now;
            groups.publish();
        }
        if (worked) {
            socket.await(Math.min(NAP_MILLIS, millis));
            return;
        }
        if (intake.fallAsleep() && !closing) {
            socket.await(Math.max(millis, 1));
        }
        intake.awake();
    }

    private long nextAt() {
        long next = Math.min(agenda.nextAt(), groups.nextEnd());
        return next == Long.MAX_VALUE ? System.nanoTime() + TimeUnit.HOURS.toNanos(1) : next;
    }

    /** The time of this turn. */
    long now() {
        return now;
    }

    Leases leases() {
        return leases;
    }

    Completions completions() {
        return completions;
    }

    /** The group, or null. */
    ServedGroup group(GroupName name) {
        return groups.find(name);
    }

    /** An engine was called: what it has for readers is sent before the turn ends. */
    void touch(ServedMdt mdt) {
        agenda.touch(mdt);
    }

    void forget(ServedMdt mdt) {
        agenda.forget(mdt);
    }

    /** A session has ended. */
    void forget(Session session) {
        sessions.remove(session);
        session.mdt().remove(session);
        session.mdt().group().left(session.mdt());
    }

    /** The server ends a session: its readers have to begin anew. */
    void dismiss(Session session) {
        sessions.remove(session);
        dialogue.dismiss(session);
    }
}
