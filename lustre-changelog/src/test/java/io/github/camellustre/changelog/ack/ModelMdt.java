// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** An MDT as the model sees it: the indexes that it has, and up to where they were cleared. */
final class ModelMdt {
    private final Random random;
    private final boolean untidy;
    private final List<Long> log = new ArrayList<>();
    private long cursor;
    private long newestRead;
    private long cleared;

    /** @param untidy true if records are missing, come twice or a little out of order */
    ModelMdt(Random random, int records, boolean untidy) {
        this.random = random;
        this.untidy = untidy;
        for (long index = 1; index <= records; index++) {
            if (!untidy || random.nextInt(12) > 0) {
                log.add(index);
            }
        }
    }

    static RecordType type(long index) {
        return index % 4 == 0 ? RecordType.UNLNK : RecordType.CREAT;
    }

    void open(long index) {
        cursor = index;
    }

    /** The next few records; empty at the end. */
    RecordBlock read() {
        List<Long> rest =
                log.stream().filter(index -> index >= cursor && index > cleared).toList();
        if (rest.isEmpty()) {
            return RecordBlock.empty(LedgerRig.MDT);
        }
        List<Long> now = new ArrayList<>(rest.subList(0, Math.min(rest.size(), 1 + random.nextInt(8))));
        boolean beginning = cursor <= 1;
        newestRead = Math.max(newestRead, now.get(now.size() - 1));
        cursor = now.get(now.size() - 1) + 1;
        if (untidy) {
            if (!beginning && random.nextInt(4) == 0 && now.size() > 1) {
                int at = random.nextInt(now.size() - 1);
                Collections.swap(now, at, at + 1);
            }
            if (random.nextInt(6) == 0) {
                now.add(now.get(0));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        now.forEach(index -> bytes.writeBytes(LedgerRig.record(type(index), index)));
        return RecordBlock.frame(LedgerRig.MDT, bytes.toByteArray());
    }

    /** What an MDT would suffer from: a clear that is zero, goes back, or goes beyond what was read. */
    void clear(long index) {
        assertThat(index)
                .as("clear")
                .isPositive()
                .isGreaterThanOrEqualTo(cleared)
                .isLessThanOrEqualTo(newestRead);
        cleared = index;
    }

    long cleared() {
        return cleared;
    }

    List<Long> log() {
        return log;
    }

    long newest() {
        return log.get(log.size() - 1);
    }
}
