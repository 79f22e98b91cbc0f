// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ack.Token;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Remembers what it is handed and releases at once, unless it is told to wait. */
class CollectingHandler implements RecordHandler {
    final List<Long> indexes = new CopyOnWriteArrayList<>();
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void onRecord(ChangelogRecord record, Token token) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        indexes.add(record.index());
        token.release();
    }

    @Override
    public void onBatch(ChangelogBatch batch, Token token) {
        batch.forEach(record -> indexes.add(record.index()));
        token.release();
    }

    @Override
    public void onExhausted(ChangelogBatch batch, Token token, Throwable cause) {
        token.release();
    }

    @Override
    public void onOnlyGroupsHold() {
        // has none
    }
}
