// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** Counts a group's records. */
final class Tally {
    private long offered;
    private long sent;
    private long redelivered;
    private long filtered;
    private long acknowledged;
    private long released;
    private long failed;
    private long dropped;

    void offered(long records) {
        offered += records;
    }

    /** @param again those of them that have been sent before */
    void sent(long records, long again) {
        sent += records;
        redelivered += again;
    }

    void filtered(long records) {
        filtered += records;
    }

    void acknowledged(long records) {
        acknowledged += records;
    }

    void released(long records) {
        released += records;
    }

    void failed(long records) {
        failed += records;
    }

    void dropped(long records) {
        dropped += records;
    }

    GroupCounters counters(long held, int readers) {
        return new GroupCounters(
                offered, sent, redelivered, filtered, acknowledged, released, failed, dropped, held, readers);
    }
}
