// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ack.Token;
import io.github.camellustre.changelog.reader.RecordHandler;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/** What the library has read ahead for the application. What may be in flight bounds it. Thread-safe. */
final class DeliveredBatches implements RecordHandler {
    record Delivered(ChangelogBatch batch, Token token) {}

    private final BlockingDeque<Optional<Delivered>> batches = new LinkedBlockingDeque<>();

    @Override
    public void onBatch(ChangelogBatch batch, Token token) {
        batches.add(Optional.of(new Delivered(batch, token)));
    }

    @Override
    public void onRecord(ChangelogRecord record, Token token) {
        throw new IllegalStateException("batches were asked for");
    }

    @Override
    public void onExhausted(ChangelogBatch batch, Token token, Throwable cause) {
        throw new IllegalStateException("nothing fails here", cause);
    }

    @Override
    public void onOnlyGroupsHold() {
        // there are no groups
    }

    /** @return null if there is none in time, or the channel is closed */
    Delivered poll(long nanos) throws InterruptedException {
        Optional<Delivered> next = batches.poll(nanos, TimeUnit.NANOSECONDS);
        return next == null ? null : next.orElse(null);
    }

    /** The least index that was not taken yet. */
    long least() {
        long least = Long.MAX_VALUE;
        for (Optional<Delivered> waiting : batches) {
            ChangelogBatch batch = waiting.map(Delivered::batch).orElse(ChangelogBatch.empty());
            for (int record = 0; record < batch.size(); record++) {
                least = Math.min(least, batch.index(record));
            }
        }
        return least;
    }

    /** Ends a {@link #poll} that waits. */
    void close() {
        batches.addFirst(Optional.empty());
    }
}
