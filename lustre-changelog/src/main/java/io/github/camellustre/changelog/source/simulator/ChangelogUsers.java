// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The changelog users of one MDT, {@code cl1}..., and how far each has cleared. Judges a clear as an MDT of Lustre
 * 2.17.0 does. Reading is safe from any thread; writers take turns.
 */
final class ChangelogUsers {
    private static final Pattern ID = Pattern.compile("cl([0-9]{1,9})(-.*)?", Pattern.DOTALL);

    private final String mdt;
    private final AtomicLongArray marks;

    /** @param known marks from before; a user who is not among them is registered now, at {@code newest} */
    ChangelogUsers(String mdt, int users, Map<String, Long> known, long newest) {
        this.mdt = mdt;
        this.marks = new AtomicLongArray(users);
        for (int user = 0; user < users; user++) {
            marks.set(user, known.getOrDefault("cl" + (user + 1), newest));
        }
    }

    /** Position of the user in this list. The part of an id behind a '-' is a name, which counts for nothing. */
    int find(String id) throws SourceException {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw SourceException.fatal(
                    mdt + ": EINVAL: '" + id + "' is no changelog user id; ids look like cl1 or cl1-name, this MDT has "
                            + registered(),
                    null);
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number < 1 || number > marks.length()) {
            throw SourceException.fatal(
                    mdt + ": ENOENT: changelog user '" + id + "' is not registered; this MDT has " + registered()
                            + ": use one of these, or raise the option 'users'",
                    null);
        }
        return number - 1;
    }

    long mark(int user) {
        return marks.get(user);
    }

    /** Records up to this index were cleared by all users, hence are gone. */
    long smallestMark() {
        long smallest = Long.MAX_VALUE;
        for (int user = 0; user < marks.length(); user++) {
            smallest = Math.min(smallest, marks.get(user));
        }
        return smallest;
    }

    /**
     * Judges a clear and changes nothing.
     *
     * @param index as the caller sent it; 0 asks for everything
     * @return the mark that the user is to get
     */
    long judge(String id, long index, long newest) throws SourceException {
        if (index < 0) {
            throw refused(id, index, "an index is never negative");
        }
        if (index > newest) {
            throw refused(id, index, "the newest record is " + newest + ": clear nothing that was not read");
        }
        int user = find(id);
        if (index == 0) {
            return newest;
        }
        if (index < marks.get(user)) {
            throw refused(id, index, "this user has cleared up to " + marks.get(user) + " already: only clear forward");
        }
        return index;
    }

    void setMark(int user, long index) {
        marks.set(user, index);
    }

    /** All marks, with {@code user}'s as it will be. */
    Map<String, Long> marksWith(int user, long index) {
        Map<String, Long> all = marks();
        all.put("cl" + (user + 1), index);
        return all;
    }

    Map<String, Long> marks() {
        Map<String, Long> all = new TreeMap<>();
        for (int user = 0; user < marks.length(); user++) {
            all.put("cl" + (user + 1), marks.get(user));
        }
        return all;
    }

    private SourceException refused(String id, long index, String remedy) {
        return SourceException.fatal(
                mdt + ": EINVAL: cannot clear up to " + index + " for '" + id + "': " + remedy, null);
    }

    private String registered() {
        return marks.length() == 1 ? "cl1" : "cl1 to cl" + marks.length();
    }
}
