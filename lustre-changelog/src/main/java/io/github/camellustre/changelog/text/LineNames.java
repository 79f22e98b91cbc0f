// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.Arrays;

/** The end of a record's text: parent, name, and of renames where they came from. */
final class LineNames {
    private static final int MAX_NAME = 255;
    /** A name that is there but empty prints as its space alone, which a record says with a NUL. */
    private static final byte[] EMPTY_NAME = {0};

    private final TextScanner scan;
    private byte[] bytes;

    private boolean hasParent;
    /** Parent, source and source parent: sequence, object id and version of each. */
    private final long[] fids = new long[9];

    private boolean hasName;
    private int nameFrom;
    private int nameTo;
    private boolean hasRename;
    private boolean hasSource;
    private int oldFrom;
    private long sequence;
    private int objectId;
    private int version;

    LineNames(TextScanner scan) {
        this.scan = scan;
    }

    /** False if what is left from there on is no record's end. */
    boolean read(int type, byte[] array, int from) {
        bytes = array;
        scan.at(from);
        hasParent = scan.skip(LfsText.Field.PARENT.label()) && scan.fid() && !scan.fidIsZero() && scan.atFieldEnd();
        if (hasParent) {
            keepFid(0);
        } else {
            scan.at(from);
        }
        hasRename = type == RecordType.RENME.number() || type == RecordType.MIGRT.number();
        hasSource = false;
        hasName = !scan.atEnd();
        if (!hasName) {
            return true;
        }
        int at = scan.at();
        if (bytes[at] != ' ') {
            return false;
        }
        if (hasRename && rename(type, at)) {
            return true;
        }
        nameFrom = at + 1;
        nameTo = scan.end();
        if (nameTo - nameFrom <= MAX_NAME) {
            return true;
        }
        // Too long for a name: then a type that is unknown here has renamed something.
        hasRename = true;
        return rename(type, at);
    }

    /** Finds the source between the two names, which may both look as if they had one. */
    private boolean rename(int type, int from) {
        int best = -1;
        boolean bestIsSure = false;
        for (int at = from; at < scan.end() && at <= from + 1 + MAX_NAME && !bestIsSure; at++) {
            if (bytes[at] == ' ' && sourceAt(at) && scan.end() - scan.at() <= MAX_NAME) {
                boolean nameless = at == from;
                // A record without any name has no old one either.
                if (nameless && scan.at() != scan.end()) {
                    continue;
                }
                int length = at - from - 1;
                boolean same = type != RecordType.MIGRT.number()
                        || Arrays.equals(bytes, from + 1, Math.max(at, from + 1), bytes, scan.at(), scan.end());
                if (best < 0 || best <= from + 1 || same) {
                    best = at;
                    bestIsSure = length > 0 && same;
                }
            }
        }
        if (best < 0) {
            return false;
        }
        sourceAt(best);
        fids[3] = sequence;
        fids[4] = objectId;
        fids[5] = version;
        keepFid(6);
        hasSource = true;
        hasName = best > from;
        nameFrom = from + 1;
        nameTo = best;
        oldFrom = scan.at();
        return true;
    }

    private boolean sourceAt(int place) {
        scan.at(place);
        if (!(scan.skip(LfsText.Field.SOURCE.label()) && scan.fid() && !scan.fidIsZero())) {
            return false;
        }
        sequence = scan.sequence();
        objectId = scan.objectId();
        version = scan.version();
        return scan.skip(LfsText.Field.SOURCE_PARENT.label()) && scan.fid() && scan.skip(' ');
    }

    private void keepFid(int place) {
        fids[place] = scan.sequence();
        fids[place + 1] = scan.objectId();
        fids[place + 2] = scan.version();
    }

    boolean hasNames() {
        return hasName || hasSource;
    }

    void copyTo(RecordBuilder record) {
        if (hasParent) {
            record.parent(fids[0], (int) fids[1], (int) fids[2]);
        }
        if (hasSource) {
            record.source(fids[3], (int) fids[4], (int) fids[5]).sourceParent(fids[6], (int) fids[7], (int) fids[8]);
        } else if (hasRename) {
            record.source(0, 0, 0);
        }
        if (!hasName) {
            return;
        }
        if (nameTo > nameFrom || hasSource) {
            record.name(bytes, nameFrom, nameTo - nameFrom);
        } else {
            record.name(EMPTY_NAME);
        }
        if (hasSource) {
            record.oldName(bytes, oldFrom, scan.end() - oldFrom);
        }
    }
}
