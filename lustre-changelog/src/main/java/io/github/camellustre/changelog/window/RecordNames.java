// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;
import java.util.Arrays;

/** Compares names where they lie in two records. */
final class RecordNames {
    private RecordNames() {}

    static boolean same(RecordCursor one, int from, int to, RecordCursor other, int otherFrom, int otherTo) {
        return Arrays.equals(one.bytes(), from, to, other.bytes(), otherFrom, otherTo);
    }
}
