// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogRecord;

/** What an application does with a record. */
@FunctionalInterface
public interface RecordCallback {

    /** When this returns, the record is acknowledged; an exception ends the reading, and it is not. */
    void accept(ChangelogRecord record) throws Exception;
}
