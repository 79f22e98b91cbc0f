// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The changelog users of one MDT, {@code cl1}..., and how far each has cleared. Judges a clear as an MDT of Lustre
 * 2.17.0 does, but for one below the user's mark, which other servers answer otherwise. Reading is safe from any thread;
 * writers take turns.
 */
final class ChangelogUsers {
    private static final Pattern ID = Pattern.compile("cl([0-9]{1,9})(-.*)?", Pattern.DOTALL);

    private final String mdt;
    private final BelowMark belowMark;
    private final int registered;
    /** By the number of the user; replaced whole. */
    private volatile SortedMap<Integer, Long> marks;

    /** @param first the mark of each user, by id */
    ChangelogUsers(String mdt, BelowMark belowMark, Map<String, Long> first) {
        this.mdt = mdt;
        this.belowMark = belowMark;
        this.registered = first.size();
        SortedMap<Integer, Long> numbered = new TreeMap<>();
        first.forEach((id, mark) -> numbered.put(Integer.parseInt(id.substring(2)), mark));
        marks = numbered;
    }

    /** @throws SourceException there is no such user */
    long mark(String id) throws SourceException {
        SortedMap<Integer, Long> now = marks;
        return now.get(find(id, now));
    }

    /** Number of the user. The part of an id behind a '-' is a name, which counts for nothing. */
    private int find(String id, SortedMap<Integer, Long> among) throws SourceException {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw SourceException.fatal(
                    mdt + ": EINVAL: '" + id + "' is no changelog user id; ids look like cl1 or cl1-name, this MDT has "
                            + names(among),
                    null);
        }
        int number = Integer.parseInt(matcher.group(1));
        if (!among.containsKey(number)) {
            throw SourceException.fatal(
                    mdt + ": ENOENT: changelog user '" + id + "' is not registered; this MDT has " + names(among)
                            + ": use one of these, or raise the option 'users'",
                    null);
        }
        return number;
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Records up to this index were cleared by all users, hence are gone. */
    long smallestMark() {
        return marks.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    long greatestMark() {
        return marks.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * Judges a clear and changes nothing.
     *
     * @param index as the caller sent it; 0 asks for everything
     * @return the marks that there are to be, for {@link #become}
     */
    SortedMap<Integer, Long> afterClear(String id, long index, long newest) throws SourceException {
        if (index < 0) {
            throw refused(id, index, "an index is never negative");
        }
        if (index > newest) {
            throw refused(id, index, "the newest record is " + newest + ": clear nothing that was not read");
        }
        SortedMap<Integer, Long> after = new TreeMap<>(marks);
        int user = find(id, after);
        if (index == 0 || index >= after.get(user)) {
            after.put(user, index == 0 ? newest : index);
            return after;
        }
        return switch (belowMark) {
            case REFUSE ->
                throw refused(
                        id, index, "this user has cleared up to " + after.get(user) + " already: only clear forward");
            case DESTROY -> after.headMap(user);
            case IGNORE -> after;
        };
    }

    /** What is left without a user. */
    SortedMap<Integer, Long> without(String id) {
        SortedMap<Integer, Long> after = new TreeMap<>(marks);
        after.remove(Integer.parseInt(id.substring(2)));
        return after;
    }

    /** As many users as there were at first, none of whom has cleared anything. */
    SortedMap<Integer, Long> anew() {
        SortedMap<Integer, Long> fresh = new TreeMap<>();
        for (int user = 1; user <= registered; user++) {
            fresh.put(user, 0L);
        }
        return fresh;
    }

    void become(SortedMap<Integer, Long> fresh) {
        marks = fresh;
    }

    SortedMap<Integer, Long> marks() {
        return Collections.unmodifiableSortedMap(marks);
    }

    static Map<String, Long> byId(SortedMap<Integer, Long> marks) {
        Map<String, Long> all = new TreeMap<>();
        marks.forEach((user, mark) -> all.put("cl" + user, mark));
        return all;
    }

    private SourceException refused(String id, long index, String remedy) {
        return SourceException.fatal(
                mdt + ": EINVAL: cannot clear up to " + index + " for '" + id + "': " + remedy, null);
    }

    private static String names(SortedMap<Integer, Long> users) {
        if (users.isEmpty()) {
            return "no user";
        }
        if (users.size() == users.lastKey()) {
            return users.size() == 1 ? "cl1" : "cl1 to cl" + users.size();
        }
        return String.join(", ", byId(users).keySet());
    }
}
