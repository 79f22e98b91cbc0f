// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.reader.MdtPattern;
import io.github.camellustre.component.lcap.group.BroadcastGroup;
import io.github.camellustre.component.lcap.group.GroupCounters;
import io.github.camellustre.component.lcap.group.GroupListener;
import io.github.camellustre.component.lcap.group.QueueLimits;
import io.github.camellustre.component.lcap.group.ReaderGroup;
import io.github.camellustre.component.lcap.group.SharedGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * One group of an address, and how it ends. Used by the server's thread only.
 *
 * <p>The end has two steps, as Camel's: once a stop is announced nothing new comes, but readers still get what there is; a
 * group that has no readers gives it up at once, or the stop would wait for its time-out. Then, when all exchanges have
 * ended, readers are still answered until they have gone, so that they see the end of a finite source.
 */
final class ServedGroup {
    /** What an MDT may be called, so that no line of the log can be forged by asking for one. */
    private static final Pattern MDT_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final LcapServer server;
    private final GroupSettings settings;
    private final MdtPattern expected;
    private final GroupEvents events = new GroupEvents();
    private final Map<String, ServedMdt> mdts = new HashMap<>();
    private volatile Map<String, GroupCounters> published = Map.of();
    private int users;
    private int stoppingUsers;
    private long stoppedAt;

    ServedGroup(LcapServer server, GroupSettings settings) {
        this.server = server;
        this.settings = settings;
        this.expected = new MdtPattern(settings.mdts());
    }

    GroupSettings settings() {
        return settings;
    }

    GroupEvents events() {
        return events;
    }

    Completions completions() {
        return server.completions();
    }

    /** Records that an exchange brings. */
    void take(Offer offer) {
        ServedMdt mdt = mdt(offer.records().mdt(0));
        mdt.engine().offer(offer, server.now());
        server.touch(mdt);
        if (isStopping()) {
            giveUpIfAlone(mdt);
        }
    }

    /** The MDT that a reader asks for, or null if it is not served. */
    ServedMdt find(String name) {
        boolean served = mdts.containsKey(name) || MDT_NAME.matcher(name).matches() && expected.matches(name);
        return served ? mdt(name) : null;
    }

    private ServedMdt mdt(String name) {
        ServedMdt mdt = mdts.get(name);
        if (mdt == null || mdt.isClosed() && !isStopping()) {
            mdt = new ServedMdt(this, name, this::engine);
            mdts.put(name, mdt);
        }
        return mdt;
    }

    private ReaderGroup engine(GroupListener listener) {
        return settings.broadcast()
                ? new BroadcastGroup(settings.sharing().batches(), QueueLimits.DEFAULT, listener)
                : new SharedGroup(settings.sharing(), listener, server.now());
    }

    /** The engine has forgotten a session. */
    void ended(Session session) {
        server.forget(session);
    }

    /** To be called when a session has gone: does what a stop waits for, and forgets MDTs that never had a record. */
    void left(ServedMdt mdt) {
        if (isStopping()) {
            giveUpIfAlone(mdt);
        } else if (mdt.sessions().isEmpty() && mdt.counters().offered() == 0) {
            mdts.remove(mdt.name());
            server.forget(mdt);
        }
    }

    void addUser() {
        users++;
    }

    /** One of the users will stop soon. */
    void userStops() {
        stoppingUsers++;
        if (isStopping()) {
            stoppedAt = server.now();
            mdts.values().forEach(this::giveUpIfAlone);
        }
    }

    /** Whether nothing new comes. */
    boolean isStopping() {
        return stoppingUsers == users;
    }

    long stoppedAt() {
        return stoppedAt;
    }

    private void giveUpIfAlone(ServedMdt mdt) {
        if (mdt.counters().readers() == 0) {
            close(mdt, "no reader is there and the route stops");
        }
    }

    private void close(ServedMdt mdt, String reason) {
        if (!mdt.isClosed()) {
            mdt.closing().forEach(server::dismiss);
            mdt.close(new IllegalStateException(mdt + ": " + reason + ": the records come again"));
        }
    }

    /**
     * One of the users has gone.
     *
     * @param over is completed, if it was the last one, when the readers have gone
     * @return whether it was the last one
     */
    boolean removeUser(CompletableFuture<Void> over) {
        users--;
        stoppingUsers--;
        if (users == 0) {
            mdts.values().stream().filter(mdt -> mdt.counters().held() > 0).forEach(this::giveUp);
            server.endLater(this, over);
        }
        return users == 0;
    }

    private void giveUp(ServedMdt mdt) {
        close(mdt, "the endpoint has stopped before a reader acknowledged");
    }

    /** When the last session has gone, or has been silent for so long that it is as good as gone. */
    long overAt() {
        long over = stoppedAt;
        for (ServedMdt mdt : mdts.values()) {
            for (Session session : mdt.sessions()) {
                over = Math.max(over, session.heardAt() + settings.linger().toNanos());
            }
        }
        return over;
    }

    /** Gives up everything, and says how it went. */
    void end() {
        mdts.values().forEach(this::giveUp);
        publish();
        for (ServedMdt mdt : mdts.values()) {
            server.forget(mdt);
            events.summary(mdt);
        }
        mdts.clear();
    }

    /** For {@link #published}. */
    void publish() {
        Map<String, GroupCounters> counters = new TreeMap<>();
        mdts.forEach((name, mdt) -> counters.put(name, mdt.counters()));
        published = counters;
    }

    /** Of any thread: the counters of each MDT as they were a moment ago. */
    Map<String, GroupCounters> published() {
        return published;
    }

    @Override
    public String toString() {
        return "lcap:" + server.address() + "/" + settings.name();
    }
}
