// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.component.lcap.group.Answer;
import io.github.camellustre.lcap.wire.GroupName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Requests that wait for {@link #admit}; those of a whole site's readers are fewer. */
    static final int MOST_EARLY = 1_024;

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
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;

    private final SparseLog failures = new SparseLog(LOG, Level.ERROR);
    private final Map<GroupName, ServedGroup> groups = new HashMap<>();
    private final Map<ServedGroup, CompletableFuture<Void>> endings = new HashMap<>();
    private final SessionTable sessions = new SessionTable();
    private final Agenda agenda = new Agenda();
    private final Dialogue dialogue;
    /** What came before {@link #admit}; null after it. */
    private Queue<RouterSocket.Incoming> early = new ArrayDeque<>();

    private long now = System.nanoTime();
    private long statusAt = now;

    private LcapServer(ServerAddress address, CurveKeys curve, Leases leases, Executor executor) throws IOException {
        this.address = address;
        this.curve = curve;
        this.leases = leases;
        this.completions = new Completions(executor);
        this.socket = new RouterSocket(address, curve);
        this.dialogue = new Dialogue(this, socket, sessions);
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
        return call(() -> {
            ServedGroup group = groups.get(settings.name());
            if (group != null && endings.containsKey(group)) {
                end(group);
                group = null;
            }
            if (group == null) {
                group = new ServedGroup(this, settings);
                groups.put(settings.name(), group);
            } else if (!group.settings().equals(settings)) {
                throw new IllegalArgumentException(group + " is served by another endpoint with other options ("
                        + group.settings() + "), this one has " + settings
                        + ": give both the same options, or another group");
            }
            group.addUser();
            return new GroupUse(this, group);
        });
    }

    /**
     * Begins to answer. To be called when the groups of all routes are there: a reader that came earlier, as after a restart,
     * would be told that its group does not exist, and give up.
     */
    public void admit() {
        execute(() -> {
            Queue<RouterSocket.Incoming> waiting = early;
            early = null;
            if (waiting != null) {
                waiting.forEach(dialogue::receive);
            }
        });
    }

    /** Requests that wait for {@link #admit}. To be called on the server's thread. */
    int early() {
        return early == null ? 0 : early.size();
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
        offers.add(offer);
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            socket.wakeUp();
        } else if (!thread.isAlive()) {
            failOffers();
        }
    }

    /** Does something on the server's thread and waits for it. */
    <T> T call(Callable<T> command) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> {
            try {
                result.complete(command.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
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

    void execute(Runnable command) {
        commands.add(command);
        socket.wakeUp();
    }

    /** Ends a group as soon as its readers have gone. To be called on the server's thread; completes when it is over. */
    void endLater(ServedGroup group, CompletableFuture<Void> whenOver) {
        endings.put(group, whenOver);
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
        for (ServedGroup group : groups.values().toArray(ServedGroup[]::new)) {
            end(group);
        }
        failOffers();
        commands.forEach(Runnable::run);
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
        boolean any = false;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            any = true;
        }
        Offer offer = offers.poll();
        for (int taken = 0; offer != null; offer = taken < TURN ? offers.poll() : null) {
            offer.take();
            taken++;
            any = true;
        }
        // Reading comes after all that is sent from elsewhere: see RouterSocket.receive.
        any |= settle();
        RouterSocket.Incoming message = socket.receive();
        for (int received = 0; message != null; message = received < TURN ? socket.receive() : null) {
            now = System.nanoTime();
            if (early == null) {
                dialogue.receive(message);
            } else if (early.size() < MOST_EARLY) {
                early.add(message);
            } else {
                dialogue.refuse(message);
            }
            received++;
            any = true;
        }
        endGroups();
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

    private void endGroups() {
        if (endings.isEmpty()) {
            return;
        }
        for (ServedGroup group : endings.keySet().toArray(ServedGroup[]::new)) {
            if (group.overAt() <= now) {
                end(group);
            }
        }
    }

    private void end(ServedGroup group) {
        group.end();
        groups.remove(group.settings().name());
        CompletableFuture<Void> whenOver = endings.remove(group);
        if (whenOver != null) {
            whenOver.complete(null);
        }
    }

    private void sleep(boolean worked) throws IOException {
        long millis = Math.min(LONGEST_SLEEP_MILLIS, TimeUnit.NANOSECONDS.toMillis(nextAt() - System.nanoTime()) + 1);
        if (millis > TimeUnit.NANOSECONDS.toMillis(STATUS_NANOS) || now - statusAt >= STATUS_NANOS) {
            statusAt = now;
            groups.values().forEach(ServedGroup::publish);
        }
        if (worked) {
            socket.await(Math.min(NAP_MILLIS, millis));
            return;
        }
        asleep.set(true);
        if (offers.isEmpty() && commands.isEmpty() && !closing) {
            socket.await(Math.max(millis, 1));
        }
        asleep.set(false);
    }

    private long nextAt() {
        long next = agenda.nextAt();
        for (ServedGroup group : endings.keySet()) {
            next = Math.min(next, group.overAt());
        }
        return next == Long.MAX_VALUE ? System.nanoTime() + TimeUnit.HOURS.toNanos(1) : next;
    }

    private void failOffers() {
        for (Offer offer = offers.poll(); offer != null; offer = offers.poll()) {
            offer.refuse(new IOException("lcap: the server of " + address + " has stopped: the records come again"));
        }
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
        return groups.get(name);
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
