// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What can be done to the {@link ModelFileSystem}, and how often it is. */
enum OperationKind {
    CREATE(10),
    MKDIR(5),
    MKNOD(2),
    SYMLINK(2),
    LINK(5),
    RENAME(12),
    UNLINK(11),
    RMDIR(4),
    SETATTR(5),
    TRUNCATE(4),
    WRITE(5),
    READ(2),
    OPEN(3),
    CLOSE(4),
    TOUCH(3),
    SETXATTR(4),
    GETXATTR(1),
    HSM(6),
    LAYOUT(2),
    MIGRATE(3),
    MARK(1),
    UNKNOWN(2);

    private final int frequency;

    OperationKind(int frequency) {
        this.frequency = frequency;
    }

    /** Each as often as it is to be done. */
    static List<OperationKind> byFrequency() {
        return Arrays.stream(values())
                .flatMap(kind -> Collections.nCopies(kind.frequency, kind).stream())
                .toList();
    }
}
