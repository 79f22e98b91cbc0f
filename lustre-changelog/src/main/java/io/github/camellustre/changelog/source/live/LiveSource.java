// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The MDTs of the Lustre file systems that are mounted on this machine. How their changelogs are opened and cleared is up
 * to the subclass. Positions may move from one to the other: the streams are the same.
 */
public abstract class LiveSource implements ChangelogSource {
    /** What follows the number, the name that the user was registered with, is for people. */
    private static final Pattern USER = Pattern.compile("(cl[0-9]{1,9})(-.*)?");

    private final ChangelogDevices devices;
    private final Waiting waiting;
    /** MDTs whose end was met, so that they can be followed: a followed changelog does not tell where its end is. */
    private final Set<String> caughtUp = ConcurrentHashMap.newKeySet();

    protected LiveSource(ChangelogDevices devices, Waiting waiting) {
        this.devices = devices;
        this.waiting = waiting;
    }

    /** @param follow the kernel shall look for new records by itself */
    protected abstract LiveHandle openHandle(String mdt, long fromIndex, boolean follow) throws SourceException;

    /** @param id of the user, such as {@code cl1} */
    protected abstract void sendClear(String mdt, String id, long index) throws SourceException;

    protected final ChangelogDevices devices() {
        return devices;
    }

    @Override
    public final List<String> mdts() throws SourceException {
        return devices.mdts();
    }

    @Override
    public final String identity(String mdt) {
        return "lustre:" + mdt;
    }

    @Override
    public final ChangelogStream open(String mdt, long fromIndex) throws SourceException {
        if (fromIndex < 0) {
            throw SourceException.fatal(mdt + ": cannot open at index " + fromIndex + ": records start at 1", null);
        }
        // one that follows goes back to meeting the end, which tells whether the MDT answers at all
        boolean follow = waiting.follow() && caughtUp.remove(mdt);
        boolean willFollow = waiting.follow() && !follow;
        return new LiveStream(
                mdt,
                () -> openHandle(mdt, fromIndex, follow),
                follow,
                waiting.patience(),
                willFollow ? Duration.ZERO : waiting.pollInterval(),
                () -> caughtUp.add(mdt));
    }

    @Override
    public final void clear(String mdt, String user, long index) throws SourceException {
        Matcher matcher = USER.matcher(user);
        if (!matcher.matches()) {
            throw SourceException.fatal(
                    mdt + ": '" + user
                            + "' is no changelog user: they are named cl1, or cl1-NAME, as changelog_register"
                            + " on the MDS tells",
                    null);
        }
        if (index <= 0) {
            throw new IllegalArgumentException(
                    mdt + ": a clear up to " + index + " would clear records nobody has read");
        }
        sendClear(mdt, matcher.group(1), index);
    }

    @Override
    public void close() {
        // Streams hold the only open files, and are closed by those who opened them.
    }
}
