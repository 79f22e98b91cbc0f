// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.reader.MdtStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The status lines: one for each MDT, with the rate since the last ones. One thread. */
final class StatusReport {
    private final Map<String, Long> firstIndexes;
    private final Map<String, Long> doneBefore = new HashMap<>();
    private long timeBefore;

    /** @param firstIndexes of MDTs whose progress is shown */
    StatusReport(Map<String, Long> firstIndexes, long nowNanos) {
        this.firstIndexes = firstIndexes;
        this.timeBefore = nowNanos;
    }

    List<String> lines(List<MdtStatus> mdts, long nowNanos) {
        double seconds = Math.max(1, nowNanos - timeBefore) / (double) TimeUnit.SECONDS.toNanos(1);
        timeBefore = nowNanos;
        List<String> lines = new ArrayList<>();
        for (MdtStatus mdt : mdts) {
            long done = mdt.consumers().stream()
                    .mapToLong(consumer -> consumer.acknowledged() + consumer.filtered())
                    .min()
                    .orElse(0);
            Long before = doneBefore.put(mdt.mdt(), done);
            long rate = Math.round((done - (before == null ? 0 : before)) / seconds);
            lines.add(line(mdt, rate));
        }
        return lines;
    }

    private String line(MdtStatus mdt, long rate) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %s%d/s position %d in flight %d cleared %d lag %d",
                mdt.mdt(),
                progress(mdt),
                rate,
                position(mdt),
                mdt.ledger().inFlight(),
                mdt.ledger().cleared(),
                mdt.lag()));
        if (!mdt.state().isHealthy()) {
            line.append(' ').append(mdt.state());
        }
        if (mdt.clearRefused()) {
            line.append(" CLEAR-REFUSED");
        }
        for (ConsumerStatus consumer : mdt.consumers()) {
            // while it tries once more, which may take as long as its sink is waited for, it runs
            boolean retrying = consumer.state() == ConsumerStatus.State.RUNNING && consumer.failure() != null;
            if (retrying || consumer.state() != ConsumerStatus.State.RUNNING) {
                line.append(' ').append(consumer.name()).append('=').append(retrying ? "RETRYING" : consumer.state());
                if (consumer.waitingFor() >= 0) {
                    line.append(" at ").append(consumer.waitingFor());
                }
            }
        }
        return line.toString();
    }

    private String progress(MdtStatus mdt) {
        Long first = firstIndexes.get(mdt.mdt());
        if (first == null || mdt.newest().isEmpty()) {
            return "";
        }
        long all = mdt.newest().getAsLong() - first + 1;
        long done = Math.max(0, position(mdt) - first + 1);
        return (all <= 0 ? 100 : Math.min(100, 100 * done / all)) + "% ";
    }

    static long position(MdtStatus mdt) {
        return mdt.consumers().stream()
                .mapToLong(ConsumerStatus::position)
                .min()
                .orElse(0);
    }
}
