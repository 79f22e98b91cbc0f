// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The readers of a group: who is there, who waits for records, and whose time is over when. */
final class Sessions {
    private final Set<GroupReader> all = new LinkedHashSet<>();
    /** In the order in which they came. */
    private final Set<GroupReader> waiting = new LinkedHashSet<>();

    private int there;
    /** Nobody's time is over before; often later, since each request moves it on. */
    private long nextSilence = Long.MAX_VALUE;

    Collection<GroupReader> all() {
        return all;
    }

    int there() {
        return there;
    }

    void add(GroupReader reader, long now) {
        all.add(reader);
        there++;
        spoke(reader, now);
    }

    /** A request that could be served. */
    void spoke(GroupReader reader, long now) {
        if (!reader.isThere()) {
            there++;
        }
        reader.spoke(now);
        nextSilence = Math.min(nextSilence, reader.silentAt());
    }

    void fellSilent(GroupReader reader, long now) {
        if (reader.isThere()) {
            there--;
        }
        reader.fellSilent(now);
        nextSilence = Math.min(nextSilence, reader.silentAt());
    }

    void remove(GroupReader reader) {
        if (reader.isThere()) {
            there--;
        }
        reader.end();
        all.remove(reader);
        waiting.remove(reader);
    }

    void removeAll() {
        new ArrayList<>(all).forEach(this::remove);
    }

    void waits(GroupReader reader, long until) {
        reader.waitUntil(until);
        waiting.add(reader);
    }

    /** The first answer that there is for one of those that wait; null if there is none. */
    Answer firstAnswer(Function<GroupReader, Answer> answer) {
        for (Iterator<GroupReader> each = waiting.iterator(); each.hasNext(); ) {
            GroupReader reader = each.next();
            Answer found = answer.apply(reader);
            if (found != null) {
                each.remove();
                reader.stopWaiting();
                return found;
            }
        }
        return null;
    }

    /** Calls {@code action} for each reader that was silent for too long. One that waits for an answer is not. */
    void silent(long now, Consumer<GroupReader> action) {
        if (now < nextSilence) {
            return;
        }
        List<GroupReader> silent = new ArrayList<>();
        nextSilence = Long.MAX_VALUE;
        for (GroupReader reader : all) {
            if (!reader.isWaiting()) {
                if (reader.silentAt() <= now) {
                    silent.add(reader);
                } else {
                    nextSilence = Math.min(nextSilence, reader.silentAt());
                }
            }
        }
        silent.forEach(action);
    }

    /** The next time that something is due: the end of a silence, or of a wait. */
    long nextDue(ToLongFunction<GroupReader> holdsUntil) {
        long next = nextSilence;
        for (GroupReader reader : waiting) {
            next = Math.min(next, Math.min(reader.waitsUntil(), holdsUntil.applyAsLong(reader)));
        }
        return next;
    }
}
