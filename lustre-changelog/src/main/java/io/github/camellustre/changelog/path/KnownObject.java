// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.Fid;
import java.util.Arrays;

/**
 * What is known of one object's names. Immutable, so that whoever waits for a look-up sees by identity whether the stream
 * has told more meanwhile.
 *
 * <p>Changes of one object may be in the logs of several MDTs, and these may be read at different paces: a name whose
 * removal came first is not taken up when its older addition comes.
 */
final class KnownObject {
    private static final Link[] NONE = {};

    /** Of names, and of removals: a file may have 65,000 names, and each change copies those that are remembered. */
    static final int MOST_NAMES = 64;

    /** It has these names, the newest. */
    private final Link[] links;
    /** Removals that came before the addition, the newest: if there is no room for more some may have been forgotten. */
    private final Link[] early;
    /** The name that it had last, for when it has none. */
    private final Link last;
    /** The FID that it has since a migration. */
    private final Fid successor;
    /** There are no names but these. */
    private final boolean complete;
    /** For good: a FID is not used twice. */
    private final boolean gone;

    private KnownObject(Link[] links, Link[] early, Link last, Fid successor, boolean complete, boolean gone) {
        this.links = links;
        this.early = early;
        this.last = last;
        this.successor = successor;
        this.complete = complete;
        this.gone = gone;
    }

    /** @param complete as for one that was just created */
    static KnownObject named(Link link, boolean complete) {
        return new KnownObject(new Link[] {link}, NONE, null, null, complete, false);
    }

    static KnownObject named(Link[] links, boolean complete) {
        boolean all = links.length <= MOST_NAMES;
        return new KnownObject(
                all ? links : Arrays.copyOf(links, MOST_NAMES), NONE, null, null, complete && all, false);
    }

    static KnownObject removed(Link link, boolean gone) {
        return new KnownObject(NONE, gone ? NONE : new Link[] {link}, link, null, false, gone);
    }

    static KnownObject succeededBy(Fid fid) {
        return new KnownObject(NONE, NONE, null, fid, true, false);
    }

    /** It has no name now; the stream, which is behind, may still tell of some. */
    static KnownObject nameless(KnownObject before) {
        return new KnownObject(NONE, NONE, before == null ? null : before.newest(), null, true, false);
    }

    KnownObject plus(Link link) {
        if (gone || successor != null) {
            return this;
        }
        int removal = find(early, link);
        if (removal >= 0 && early[removal].time >= link.time) {
            return this;
        }
        if (removal < 0 && mayBeForgotten(link)) {
            return new KnownObject(links, early, last, null, false, false);
        }
        Link[] later = removal >= 0 && early.length < MOST_NAMES ? without(early, removal) : early;
        return new KnownObject(with(links, link), later, last, null, complete && hasRoom(links, link), false);
    }

    /** Whether its removal may be one of those that are not remembered. */
    private boolean mayBeForgotten(Link link) {
        return early.length == MOST_NAMES && link.time <= early[oldest(early)].time;
    }

    /** @param wasLast nothing is left of the object */
    KnownObject minus(Link link, boolean wasLast) {
        if (gone || successor != null) {
            return this;
        }
        if (wasLast) {
            return new KnownObject(NONE, NONE, link, null, true, true);
        }
        int place = find(links, link);
        if (place >= 0) {
            return new KnownObject(without(links, place), early, link, null, complete, false);
        }
        return new KnownObject(
                links, with(early, link), last == null ? link : last, null, complete && hasRoom(early, link), false);
    }

    /** The name that it got last, or of one that has none the name that it had last; null if none is known. */
    Link newest() {
        if (links.length == 0) {
            return last;
        }
        Link newest = links[0];
        for (int i = 1; i < links.length; i++) {
            if (links[i].time > newest.time) {
                newest = links[i];
            }
        }
        return newest;
    }

    /** Not a copy. */
    Link[] links() {
        return links;
    }

    Fid successor() {
        return successor;
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether it surely has no name. */
    boolean isGone() {
        return gone || complete && links.length == 0 && successor == null;
    }

    private static int find(Link[] among, Link link) {
        for (int i = 0; i < among.length; i++) {
            if (among[i].isSame(link)) {
                return i;
            }
        }
        return -1;
    }

    private static int oldest(Link[] among) {
        int oldest = 0;
        for (int i = 1; i < among.length; i++) {
            if (among[i].time < among[oldest].time) {
                oldest = i;
            }
        }
        return oldest;
    }

    private static boolean hasRoom(Link[] all, Link link) {
        return all.length < MOST_NAMES || find(all, link) >= 0;
    }

    /** In place of the same one if that is older; else behind them, without the oldest if there is no room. */
    private static Link[] with(Link[] all, Link link) {
        int place = find(all, link);
        int leaves = place >= 0 || all.length < MOST_NAMES ? place : oldest(all);
        if (leaves >= 0 && link.time < all[leaves].time) {
            return all;
        }
        if (place >= 0) {
            Link[] newer = all.clone();
            newer[place] = link;
            return newer;
        }
        Link[] kept = leaves < 0 ? all : without(all, leaves);
        Link[] longer = Arrays.copyOf(kept, kept.length + 1);
        longer[kept.length] = link;
        return longer;
    }

    private static Link[] without(Link[] all, int place) {
        if (all.length == 1) {
            return NONE;
        }
        Link[] rest = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, place + 1, rest, place, rest.length - place);
        return rest;
    }
}
