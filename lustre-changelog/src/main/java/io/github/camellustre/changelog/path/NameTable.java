// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.camellustre.changelog.Fid;

/**
 * The names of objects by FID: each knows its directory and its name there, so the rename of a directory moves all that is
 * below it without touching it. Bounded: what was not asked for in a long time is forgotten. For several threads at once.
 */
final class NameTable {
    /** Migrations of one object that are followed: beyond them the records go round in a circle. */
    private static final int MOST_MIGRATIONS = 64;

    static final Fid ROOT = new Fid(0x200000007L, 1, 0);

    private final Cache<Fid, KnownObject> objects;

    NameTable(long maxObjects) {
        // Evicting on the thread that adds keeps the bound without a thread of its own.
        objects = Caffeine.newBuilder()
                .maximumSize(maxObjects)
                .executor(Runnable::run)
                .build();
    }

    /** Null if nothing is known of it. */
    KnownObject get(Fid fid) {
        return objects.getIfPresent(fid);
    }

    /** The FID that the object has now. */
    Fid current(Fid fid) {
        Fid current = fid;
        for (int i = 0; i < MOST_MIGRATIONS; i++) {
            KnownObject known = get(current);
            if (known == null || known.successor() == null) {
                return current;
            }
            current = known.successor();
        }
        return current;
    }

    long size() {
        return objects.estimatedSize();
    }

    /** The object was created with this name. */
    void born(Fid fid, Link link) {
        objects.asMap().merge(fid, KnownObject.named(link, true), (known, created) -> known.plus(link));
    }

    /** The object got another name. */
    void add(Fid fid, Link link) {
        objects.asMap().merge(fid, KnownObject.named(link, false), (known, named) -> known.plus(link));
    }

    /** The object lost a name; it is gone if that was its last. */
    void remove(Fid fid, Link link, boolean wasLast) {
        objects.asMap().merge(fid, KnownObject.removed(link, wasLast), (known, removed) -> known.minus(link, wasLast));
    }

    void move(Fid fid, Link from, Link to) {
        objects.asMap()
                .compute(
                        fid,
                        (key, known) -> known == null
                                ? KnownObject.removed(from, false).plus(to)
                                : known.minus(from, false).plus(to));
    }

    /**
     * The object has another FID since then: only one with a single name gets that. What is still in the directory of the
     * old one is found through it.
     */
    void migrate(Fid from, Fid to, Link link) {
        objects.asMap()
                .compute(
                        to,
                        (key, known) -> known == null || known.successor() != null
                                ? KnownObject.named(link, true)
                                : known.plus(link));
        objects.put(from, KnownObject.succeededBy(to));
    }

    /**
     * Takes up what a look-up found, unless the stream has told of the object since the look-up began: then that is newer.
     *
     * @param before what {@link #get} gave before the look-up
     */
    void learn(Fid fid, KnownObject before, KnownObject found) {
        if (before == null) {
            objects.asMap().putIfAbsent(fid, found);
        } else {
            objects.asMap().replace(fid, before, found);
        }
    }
}
