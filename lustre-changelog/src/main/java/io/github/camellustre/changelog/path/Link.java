// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.Fid;
import java.util.Arrays;

/** One name of an object: the directory, the name there, and when it got it. */
public final class Link {
    final Fid parent;
    final byte[] name;
    final long time;

    Link(Fid parent, byte[] name, long time) {
        this.parent = parent;
        this.name = name;
        this.time = time;
    }

    /** One that a look-up found: any record is newer. */
    public static Link found(Fid parent, byte[] name) {
        return new Link(parent, name, Long.MIN_VALUE);
    }

    boolean isSame(Link other) {
        return parent.equals(other.parent) && Arrays.equals(name, other.name);
    }
}
