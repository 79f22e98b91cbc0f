// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import java.util.Locale;

/** Why a record is not in a window's result. */
public enum Suppression {
    /** It says nothing to the reader that the strategy is for. */
    IGNORED,
    /** An earlier record stands for it: the reader looks the object up, or learns that it is new. */
    COVERED,
    /** A later record of the same kind stands for it. */
    REPLACED,
    /** Its object came and went within the window; no record stands for it. */
    CANCELLED,
    /** Its object is gone: the record that removed it stands for it. */
    REMOVED,
    /** Its rename is part of one that goes from the first name to the last. */
    FOLDED;

    /** For metrics: {@code cancelled}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
