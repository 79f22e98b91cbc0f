// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static io.github.camellustre.changelog.RecordType.CLOSE;
import static io.github.camellustre.changelog.RecordType.CREAT;
import static io.github.camellustre.changelog.RecordType.CTIME;
import static io.github.camellustre.changelog.RecordType.MARK;
import static io.github.camellustre.changelog.RecordType.MKDIR;
import static io.github.camellustre.changelog.RecordType.MKNOD;
import static io.github.camellustre.changelog.RecordType.MTIME;
import static io.github.camellustre.changelog.RecordType.RMDIR;
import static io.github.camellustre.changelog.RecordType.SATTR;
import static io.github.camellustre.changelog.RecordType.TRUNC;
import static io.github.camellustre.changelog.RecordType.UNLNK;

import io.github.camellustre.changelog.RecordType;
import java.util.List;

/**
 * What robinhood v3's reader suppresses, line by line as in its {@code record_filters[]}, names as Lustre prints them
 * (SETATTR is SATTR, CREATE is CREAT...). Its HSM rule is in {@link RestatRules}; every type that is not here, known or not,
 * is never suppressed.
 */
final class RestatTable {
    enum Rule {
        /** Always dropped. */
        IGNORE_ALWAYS,
        /** Dropped if any earlier kept record of the FID is of one of the types, whatever lies between. */
        IGNORE_MASK,
        /** Dropped together with the nearest earlier kept record of the FID, if that is of one of the types. */
        IGNORE_CANCEL
    }

    record Line(RecordType incoming, Rule rule, List<RecordType> earlier) {}

    static final List<Line> LINES = List.of(
            new Line(MARK, Rule.IGNORE_ALWAYS, List.of()),
            new Line(TRUNC, Rule.IGNORE_MASK, List.of(TRUNC, CLOSE, MTIME, CREAT)),
            new Line(CLOSE, Rule.IGNORE_MASK, List.of(TRUNC, CLOSE, MTIME, CREAT)),
            new Line(MTIME, Rule.IGNORE_MASK, List.of(TRUNC, CLOSE, MTIME, CREAT, MKNOD, MKDIR)),
            new Line(CTIME, Rule.IGNORE_MASK, List.of(CTIME, SATTR, CREAT, MKNOD, MKDIR)),
            new Line(SATTR, Rule.IGNORE_MASK, List.of(CTIME, SATTR, CREAT, MKNOD, MKDIR)),
            new Line(UNLNK, Rule.IGNORE_CANCEL, List.of(CREAT, MKNOD)),
            new Line(RMDIR, Rule.IGNORE_CANCEL, List.of(MKDIR)));

    /** Bits of the types that a line can drop later. */
    static final int CANCELLABLE = LINES.stream()
            .filter(line -> line.rule() == Rule.IGNORE_CANCEL)
            .mapToInt(line -> mask(line.earlier()))
            .reduce(0, (one, other) -> one | other);

    private RestatTable() {}

    /** Bit n stands for the type with number n. */
    static int mask(List<RecordType> types) {
        int mask = 0;
        for (RecordType type : types) {
            mask |= 1 << type.number();
        }
        return mask;
    }
}
