// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays files as if they were the logs of MDTs. Clears are judged and remembered while it lives, but nothing goes: it
 * can be read again from any index at any time.
 */
final class ReplaySource implements ChangelogSource {

    private record Played(ReplayInput input, InputSummary summary, Map<String, Long> marks) {}

    private final Map<String, Played> mdts = new TreeMap<>();

    /** Reads every input once, to its end. */
    ReplaySource(Collection<ReplayInput> inputs) throws SourceException {
        for (ReplayInput input : inputs) {
            mdts.put(input.mdt(), new Played(input, InputSummary.of(input), new ConcurrentHashMap<>()));
        }
    }

    @Override
    public List<String> mdts() {
        return new ArrayList<>(mdts.keySet());
    }

    @Override
    public String identity(String mdt) throws SourceException {
        return ReplayOptions.KIND + ":" + find(mdt).summary().digest();
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) throws SourceException {
        Played played = find(mdt);
        if (fromIndex < 0) {
            throw SourceException.fatal(
                    mdt + ": EINVAL: cannot open at index " + fromIndex + ": records start at 1", null);
        }
        return new ReplayStream(mdt, played.input().open(), fromIndex);
    }

    @Override
    public void clear(String mdt, String user, long index) throws SourceException {
        Played played = find(mdt);
        long newest = played.summary().newest();
        if (index <= 0 || index > newest) {
            throw refused(
                    mdt, user, index, "the input's last record is " + newest + ": clear nothing that was not read");
        }
        synchronized (played) {
            long mark = played.marks().getOrDefault(user, 0L);
            if (index < mark) {
                throw refused(mdt, user, index, "this user has cleared up to " + mark + " already: only clear forward");
            }
            played.marks().put(user, index);
        }
    }

    /** 0 for a user of whom nothing was heard yet. */
    @Override
    public OptionalLong mark(String mdt, String user) throws SourceException {
        return OptionalLong.of(find(mdt).marks().getOrDefault(user, 0L));
    }

    @Override
    public OptionalLong newest(String mdt) {
        Played played = mdts.get(mdt);
        return played == null
                ? OptionalLong.empty()
                : OptionalLong.of(played.summary().newest());
    }

    @Override
    public void close() {
        // Streams hold the only open files, and are closed by those who opened them.
    }

    private Played find(String mdt) throws SourceException {
        Played played = mdts.get(mdt);
        if (played == null) {
            throw SourceException.fatal(
                    mdt + ": ENOENT: no input has this MDT; there are inputs for " + mdts.keySet(), null);
        }
        return played;
    }

    private static SourceException refused(String mdt, String user, long index, String remedy) {
        return SourceException.fatal(
                mdt + ": EINVAL: cannot clear up to " + index + " for '" + user + "': " + remedy, null);
    }
}
