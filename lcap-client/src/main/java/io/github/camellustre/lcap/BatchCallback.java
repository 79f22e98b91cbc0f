// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;

/** What an application does with a batch. */
@FunctionalInterface
public interface BatchCallback {

    /** When this returns, all of the batch is acknowledged; an exception ends the reading, and none of it is. */
    void accept(ChangelogBatch batch) throws Exception;
}
