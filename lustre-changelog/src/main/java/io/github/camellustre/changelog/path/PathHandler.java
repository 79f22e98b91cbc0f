// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.RecordPaths;
import java.util.List;

/** Takes what was found for the records that were handed in. */
public interface PathHandler {
    /** One for each record, in their order. */
    void onPaths(List<RecordPaths> paths);

    /** @param cause an error, too, as of a JVM that has no more threads */
    void onFailure(Throwable cause);
}
