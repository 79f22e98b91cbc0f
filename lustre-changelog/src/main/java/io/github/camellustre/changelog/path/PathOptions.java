// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import java.time.Duration;

/**
 * How paths are found.
 *
 * @param maxObjects most files and directories whose names are remembered
 * @param allNames whether all names of an object are told, not only where it is
 * @param attributes whether the file system is asked what each object is
 * @param maxLookUps most look-ups that are under way at once for the records of one MDT
 * @param timeout after which a record goes on without the answer
 */
public record PathOptions(long maxObjects, boolean allNames, boolean attributes, int maxLookUps, Duration timeout) {
    public PathOptions {
        if (maxObjects < 1 || maxLookUps < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("maxObjects, maxLookUps and timeout must be greater than 0, not "
                    + maxObjects + ", " + maxLookUps + " and " + timeout);
        }
    }
}
