// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.Nid;
import io.github.camellustre.changelog.OpenMode;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields behind a record's head. Job, xattr name and names are free text, which may look like the fields that follow
 * it: the order of the fields, the type and the longest possible texts decide, and where they do not, the choice prints
 * the same again. docs/text-form.md lists the choices.
 */
final class LineBody {
    private static final int MAX_JOB = 32;
    private static final int MAX_XATTR = 256;
    private static final int UID_GID = 0x1;
    private static final int NID = 0x2;
    private static final int OPEN = 0x4;
    private static final int XATTR = 0x8;
    private static final int NID_BE = 0x10;

    private final TextScanner scan;
    private final LineNames names;
    private byte[] bytes;
    private int type;

    private int jobFrom;
    private int jobTo;
    private boolean hasExtra;
    /** Something had extra flags, user and NID: if it does not read, the text is damaged, not without extra flags. */
    private boolean claimsExtra;

    private long extraFlags;
    private long uid;
    private long gid;
    private Nid nid;
    private byte[] nidText = new byte[0];
    private Nid nidOfText;
    private int openFlags;
    private int xattrFrom;
    private int xattrTo;

    LineBody(TextScanner scan) {
        this.scan = scan;
        names = new LineNames(scan);
    }

    /** False if {@code [from, to)} is no record's rest. */
    boolean read(int typeNumber, byte[] array, int from, int to) {
        bytes = array;
        type = typeNumber;
        jobFrom = 0;
        jobTo = 0;
        hasExtra = false;
        extraFlags = 0;
        xattrFrom = 0;
        xattrTo = 0;
        for (int i = from; i < to; i++) {
            if (array[i] == 0) {
                return false;
            }
        }
        scan.moveTo(array, from, to);
        claimsExtra = false;
        return job(from) || extra(from) || !claimsExtra && names.read(type, bytes, from);
    }

    private boolean job(int from) {
        scan.at(from);
        if (!scan.skip(LfsText.Field.JOB.label())) {
            return false;
        }
        jobFrom = scan.at();
        int last = Math.min(jobFrom + MAX_JOB, scan.end());
        for (int to = jobFrom + 1; to <= last; to++) {
            jobTo = to;
            if (extra(to)) {
                return true;
            }
        }
        if (claimsExtra) {
            return noJob();
        }
        // Without extra flags a parent, or else the first space, ends it; a type without names leaves all to the job.
        for (int to = jobFrom + 1; to <= last; to++) {
            jobTo = to;
            if (parentAt(to) && names.read(type, bytes, to)) {
                return true;
            }
        }
        boolean named = RecordType.of(type).changesNameSpace();
        // never an empty one: Lustre prints none then
        for (int to = named ? jobFrom + 1 : Math.max(jobFrom + 1, last); to <= last; to++) {
            jobTo = to;
            if (isFieldEnd(to) && names.read(type, bytes, to)) {
                return true;
            }
        }
        for (int to = jobFrom + 1; to < last && !named; to++) {
            jobTo = to;
            if (isFieldEnd(to) && names.read(type, bytes, to)) {
                return true;
            }
        }
        return noJob();
    }

    private boolean noJob() {
        jobFrom = 0;
        jobTo = 0;
        return false;
    }

    private boolean extra(int from) {
        scan.at(from);
        hasExtra = scan.skip(LfsText.Field.EXTRA.label()) && scan.hex(16) && scan.atFieldEnd();
        if (hasExtra) {
            extraFlags = scan.number();
            hasExtra = user() && network() && mode() && (xattr() || names.read(type, bytes, scan.at()));
        }
        if (!hasExtra) {
            extraFlags = 0;
            xattrFrom = 0;
            xattrTo = 0;
        }
        return hasExtra;
    }

    private boolean user() {
        if ((extraFlags & UID_GID) == 0) {
            return true;
        }
        if (!(scan.skip(LfsText.Field.USER.label()) && scan.decimal())) {
            return false;
        }
        uid = scan.number();
        if (!(scan.skip(':') && scan.decimal())) {
            return false;
        }
        gid = scan.number();
        return scan.atFieldEnd();
    }

    private boolean network() {
        if ((extraFlags & NID) == 0) {
            return true;
        }
        if (!scan.skip(LfsText.Field.NID.label())) {
            return false;
        }
        claimsExtra |= (extraFlags & UID_GID) != 0;
        int from = scan.at();
        int to = from;
        while (to < scan.end() && bytes[to] > ' ') {
            to++;
        }
        scan.at(to);
        if (!Arrays.equals(bytes, from, to, nidText, 0, nidText.length) || nidOfText == null) {
            try {
                nidOfText = Nid.parse(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
                nidText = Arrays.copyOfRange(bytes, from, to);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        nid = nidOfText;
        return scan.atFieldEnd() && ((extraFlags & NID_BE) != 0 || nid.fitsLong());
    }

    private boolean mode() {
        openFlags = 0;
        int from = scan.at();
        if ((extraFlags & OPEN) != 0 && scan.skip(LfsText.Field.MODE.label()) && scan.end() - scan.at() >= 3) {
            openFlags = OpenMode.parse(bytes, scan.at());
            scan.at(scan.at() + 3);
            if (openFlags != 0 && scan.atFieldEnd()) {
                return true;
            }
        }
        openFlags = 0;
        scan.at(from);
        return true;
    }

    /** With the names behind it. False if there is none, or none that leaves the rest to be names. */
    private boolean xattr() {
        int from = scan.at();
        if ((extraFlags & XATTR) == 0 || !scan.skip(LfsText.Field.XATTR.label())) {
            return false;
        }
        xattrFrom = scan.at();
        int last = Math.min(xattrFrom + MAX_XATTR, scan.end());
        // Types with an xattr name have no names: it goes up to the parent that ends the text, or up to the end.
        for (int to = last; to > xattrFrom; to--) {
            xattrTo = to;
            if (parentAt(to) && scan.atEnd() && names.read(type, bytes, to)) {
                return true;
            }
        }
        for (int to = last; to > xattrFrom; to--) {
            xattrTo = to;
            if (isFieldEnd(to) && names.read(type, bytes, to)) {
                return true;
            }
        }
        xattrFrom = 0;
        xattrTo = 0;
        scan.at(from);
        return false;
    }

    private boolean parentAt(int place) {
        scan.at(place);
        return scan.skip(LfsText.Field.PARENT.label()) && scan.fid() && !scan.fidIsZero() && scan.atFieldEnd();
    }

    private boolean isFieldEnd(int place) {
        scan.at(place);
        return scan.atFieldEnd();
    }

    /** Whether a line more could belong to the text: if it ends in free text. */
    boolean endsInFreeText() {
        return names.hasNames() || scan.end() == jobTo || scan.end() == xattrTo;
    }

    void copyTo(RecordBuilder record) {
        if (jobTo > jobFrom) {
            record.job(Arrays.copyOfRange(bytes, jobFrom, jobTo));
        }
        if (hasExtra) {
            record.extraFlags(extraFlags);
            if ((extraFlags & UID_GID) != 0) {
                record.uidGid(uid, gid);
            }
            if ((extraFlags & NID) != 0 && (extraFlags & NID_BE) != 0) {
                record.nid(nid);
            } else if ((extraFlags & NID) != 0) {
                record.oldNid(nid);
            }
            if ((extraFlags & OPEN) != 0) {
                record.openFlags(openFlags);
            }
            if (xattrTo > xattrFrom) {
                record.xattr(Arrays.copyOfRange(bytes, xattrFrom, xattrTo));
            }
        }
        names.copyTo(record);
    }
}
