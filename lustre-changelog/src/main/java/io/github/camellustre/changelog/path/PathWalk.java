// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectPath;
import java.util.Arrays;

/** Puts a path together by walking from a name up to the root, or as far as directories are known. Not for several threads at once. */
final class PathWalk {
    /** Deeper than any path that a client could use: beyond it the directories go round in a circle. */
    private static final int DEEPEST = 4_096;

    private final NameTable table;
    private byte[][] names = new byte[32][];

    PathWalk(NameTable table) {
        this.table = table;
    }

    ObjectPath to(Link link) {
        return to(link.parent, link.name);
    }

    ObjectPath to(Fid directory, byte[] name) {
        Fid at = directory;
        int depth = 0;
        int length = 0;
        byte[] next = name;
        while (true) {
            if (depth == names.length) {
                names = Arrays.copyOf(names, depth * 2);
            }
            names[depth++] = next;
            length += next.length + 1;
            KnownObject known = table.get(at);
            if (known != null && known.successor() != null) {
                at = table.current(at);
                known = table.get(at);
            }
            if (at.equals(NameTable.ROOT)) {
                return ObjectPath.whole(joined(depth, new byte[length], 0));
            }
            Link up = known == null || depth == DEEPEST ? null : known.newest();
            if (up == null) {
                return ObjectPath.below(at, joined(depth, new byte[length], 1));
            }
            at = up.parent;
            next = up.name;
        }
    }

    /** @param skipped of the slashes before each name, the first: 1 to begin with a name */
    private byte[] joined(int depth, byte[] room, int skipped) {
        byte[] path = skipped == 0 ? room : new byte[room.length - 1];
        int at = 0;
        for (int i = depth - 1; i >= 0; i--) {
            if (at > 0 || skipped == 0) {
                path[at++] = '/';
            }
            System.arraycopy(names[i], 0, path, at, names[i].length);
            at += names[i].length;
            names[i] = null;
        }
        return path;
    }
}
