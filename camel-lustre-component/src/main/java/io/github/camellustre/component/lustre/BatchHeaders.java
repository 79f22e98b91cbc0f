// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import org.apache.camel.Message;

/** What the headers of a batch say. */
final class BatchHeaders {
    private BatchHeaders() {}

    static void set(ChangelogBatch batch, Message message) {
        int size = batch.size();
        message.setHeader(LustreConstants.COUNT, size);
        if (size > 0) {
            message.setHeader(LustreConstants.MDT, batch.mdt(0));
            message.setHeader(LustreConstants.FIRST_INDEX, batch.index(0));
            message.setHeader(LustreConstants.LAST_INDEX, batch.index(size - 1));
        }
    }
}
