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

    /** It has these names. */
    private final Link[] links;
    /** Removals that came before the addition. */
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
        return new KnownObject(links, NONE, null, null, complete, false);
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
        Link[] later = removal >= 0 ? without(early, removal) : early;
        int place = find(links, link);
        Link[] longer = place >= 0 ? links.clone() : Arrays.copyOf(links, links.length + 1);
        longer[place >= 0 ? place : links.length] = link;
        return new KnownObject(longer, later, last, null, complete, false);
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
        Link[] removals = Arrays.copyOf(early, early.length + 1);
        removals[early.length] = link;
        return new KnownObject(links, removals, last == null ? link : last, null, complete, false);
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

    private static Link[] without(Link[] all, int place) {
        if (all.length == 1) {
            return NONE;
        }
        Link[] rest = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, place + 1, rest, place, rest.length - place);
        return rest;
    }
}
