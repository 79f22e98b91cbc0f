// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import java.util.List;

/**
 * What a mounted file system said about a FID, at one moment: that may be later than the record that asks.
 *
 * @param paths where it is; empty if there is a reason
 * @param links the same as directory and name, as far as that could be proven
 * @param isComplete whether these are all its links
 * @param reason why there are no paths; else null
 * @param error name of the errno behind the reason; else null
 */
public record Answer(List<ObjectPath> paths, List<Link> links, boolean isComplete, PathReason reason, String error) {
    static final Answer TIMED_OUT = without(PathReason.TIMED_OUT, "ETIMEDOUT");
    static final Answer BUSY = without(PathReason.BUSY, null);

    public static Answer of(List<ObjectPath> paths, List<Link> links, boolean isComplete) {
        return new Answer(paths, links, isComplete, null, null);
    }

    public static Answer without(PathReason reason, String error) {
        return new Answer(List.of(), List.of(), false, reason, error);
    }
}
