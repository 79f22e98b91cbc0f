// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;

/** A strategy: decides with each record that comes which records stand for which. Constant work per record. */
interface Rules {
    /** Every record stays. */
    Rules NONE = (record, cursor, subject, second) -> {};

    /**
     * @param record its number in {@link WindowRecords}
     * @param cursor stands there
     * @param subject number of its first subject; {@link FidTable#NONE} if there is none
     * @param second number of the second one, likewise
     */
    void add(int record, RecordCursor cursor, int subject, int second);
}
