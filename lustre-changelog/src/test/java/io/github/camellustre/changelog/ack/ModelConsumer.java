// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A consumer as the model sees it: sets of indexes. */
final class ModelConsumer {
    final ConsumerOptions options;
    final Set<Long> acknowledged = new HashSet<>();
    final Set<Long> delivered = new HashSet<>();
    /** When each index was delivered last, counted in deliveries. */
    final Map<Long, Integer> lastDelivery = new HashMap<>();

    /** Handed over and not back. */
    final List<LedgerRig.Delivered> live = new ArrayList<>();
    /** Handed over before the consumer stopped; what still runs may release them. */
    final List<LedgerRig.Delivered> revoked = new ArrayList<>();

    ConsumerLedger ledger;
    boolean joined;
    boolean known;
    /** A late success may leave a record in front of one that repeats: that is what was promised. */
    boolean lateSuccess;
    /** A failure, a stop or a crash has left records that will come again. */
    boolean owesRepeats;

    ModelConsumer(ConsumerOptions options) {
        this.options = options;
    }

    String name() {
        return options.name();
    }

    boolean wants(long index) {
        return options.wants(ModelMdt.type(index).number());
    }

    boolean isLive(long index) {
        return live.stream().anyMatch(one -> one.indexes().contains(index));
    }

    /** Its route ends: what it holds may come back late. */
    void left() {
        owesRepeats |= !live.isEmpty();
        revoked.addAll(live);
        live.clear();
        joined = false;
    }

    /** Its process ends. */
    void died() {
        owesRepeats = true;
        live.clear();
        revoked.clear();
        joined = false;
    }
}
