// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectAttributes;

/** Asks a file system about an object, as it is now. Called by several threads at once; may take as long as it likes. */
@FunctionalInterface
public interface FidLookUp {
    /** Where it is. Never null, and never throws: what goes wrong is an answer, too. */
    Answer lookUp(Fid fid, boolean allNames);

    /** What it is; null if that cannot be found out. */
    default ObjectAttributes describe(Fid fid) {
        return null;
    }
}
