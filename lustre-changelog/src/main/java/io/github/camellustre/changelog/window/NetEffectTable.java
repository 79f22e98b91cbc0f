// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static io.github.camellustre.changelog.RecordType.ATIME;
import static io.github.camellustre.changelog.RecordType.CLOSE;
import static io.github.camellustre.changelog.RecordType.CREAT;
import static io.github.camellustre.changelog.RecordType.CTIME;
import static io.github.camellustre.changelog.RecordType.FLRW;
import static io.github.camellustre.changelog.RecordType.GXATR;
import static io.github.camellustre.changelog.RecordType.HLINK;
import static io.github.camellustre.changelog.RecordType.HSM;
import static io.github.camellustre.changelog.RecordType.LYOUT;
import static io.github.camellustre.changelog.RecordType.MARK;
import static io.github.camellustre.changelog.RecordType.MIGRT;
import static io.github.camellustre.changelog.RecordType.MKDIR;
import static io.github.camellustre.changelog.RecordType.MKNOD;
import static io.github.camellustre.changelog.RecordType.MTIME;
import static io.github.camellustre.changelog.RecordType.NOPEN;
import static io.github.camellustre.changelog.RecordType.OPEN;
import static io.github.camellustre.changelog.RecordType.RENME;
import static io.github.camellustre.changelog.RecordType.RESYNC;
import static io.github.camellustre.changelog.RecordType.RMDIR;
import static io.github.camellustre.changelog.RecordType.SATTR;
import static io.github.camellustre.changelog.RecordType.SLINK;
import static io.github.camellustre.changelog.RecordType.TRUNC;
import static io.github.camellustre.changelog.RecordType.UNLNK;
import static io.github.camellustre.changelog.RecordType.XATTR;

import io.github.camellustre.changelog.RecordType;
import java.util.Arrays;
import java.util.Map;

/**
 * What each type is to {@link NetEffectRules}; docs/coalescing.md has the same table. Renames, migrations, links, events and
 * what is unclear are barriers: nothing is suppressed across them.
 */
final class NetEffectTable {
    enum Role {
        /** Makes an object. */
        CREATION,
        /** Changes it, in a way that a new object's reader expects anyway. */
        CHANGE,
        /** Changes it, in a way that the reader of a new object must learn. */
        TELLING_CHANGE,
        /** Leaves it as it is; stays, since each tells who and how. */
        ACCESS,
        /** Takes a name away, perhaps the last one. */
        REMOVAL,
        RENAME,
        MIGRATION,
        /** About no object. */
        NOTICE,
        /** Makes another name of it. */
        LINK,
        /** Changes it in a way that each must be told. */
        EVENT,
        /** Everything else, unknown types too: may have done anything to any name. */
        UNCLEAR
    }

    private static final Map<RecordType, Role> ROLES = Map.ofEntries(
            Map.entry(CREAT, Role.CREATION),
            Map.entry(MKDIR, Role.CREATION),
            Map.entry(MKNOD, Role.CREATION),
            Map.entry(SLINK, Role.CREATION),
            Map.entry(TRUNC, Role.CHANGE),
            Map.entry(CLOSE, Role.CHANGE),
            Map.entry(SATTR, Role.CHANGE),
            Map.entry(MTIME, Role.CHANGE),
            Map.entry(CTIME, Role.CHANGE),
            Map.entry(ATIME, Role.CHANGE),
            Map.entry(XATTR, Role.TELLING_CHANGE),
            Map.entry(LYOUT, Role.TELLING_CHANGE),
            Map.entry(OPEN, Role.ACCESS),
            Map.entry(NOPEN, Role.ACCESS),
            Map.entry(GXATR, Role.ACCESS),
            Map.entry(UNLNK, Role.REMOVAL),
            Map.entry(RMDIR, Role.REMOVAL),
            Map.entry(RENME, Role.RENAME),
            Map.entry(MIGRT, Role.MIGRATION),
            Map.entry(HLINK, Role.LINK),
            Map.entry(HSM, Role.EVENT),
            Map.entry(FLRW, Role.EVENT),
            Map.entry(RESYNC, Role.EVENT),
            Map.entry(MARK, Role.NOTICE));

    private static final Role[] BY_NUMBER = byNumber();

    private NetEffectTable() {}

    static Role role(int typeNumber) {
        return typeNumber >= 0 && typeNumber < BY_NUMBER.length ? BY_NUMBER[typeNumber] : Role.UNCLEAR;
    }

    private static Role[] byNumber() {
        Role[] roles = new Role[RecordType.known().size()];
        Arrays.fill(roles, Role.UNCLEAR);
        ROLES.forEach((type, role) -> roles[type.number()] = role);
        return roles;
    }
}
