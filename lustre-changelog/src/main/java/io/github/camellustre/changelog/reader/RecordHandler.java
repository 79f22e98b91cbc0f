// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ack.Token;

/**
 * What a consumer does with records. Called by one thread for each MDT, in the order of the changelog; should return as
 * soon as the records are on their way. Every token must be released exactly once by the handler, now or later, from any
 * thread; an exception thrown from here fails and releases it.
 */
public interface RecordHandler {

    void onRecord(ChangelogRecord record, Token token);

    void onBatch(ChangelogBatch batch, Token token);

    /** A record that failed more often than allowed: if this takes it, it counts as acknowledged. */
    void onExhausted(ChangelogBatch batch, Token token, Throwable cause);

    /** Only open groups of aggregators hold this consumer's records, and nothing goes on until they are completed. */
    void onOnlyGroupsHold();
}
