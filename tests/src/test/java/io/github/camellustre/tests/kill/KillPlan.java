// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import java.util.List;
import java.util.Map;

/** Which routes are killed: those of the file in tests/kill/routes that has this name. */
enum KillPlan {
    /** Groups of single records, and batches. */
    kill(Map.of("grouped", List.of(SinkForm.json), "batched", List.of(SinkForm.raw))),
    /** A consumer for each strategy of windows. */
    windows(Map.of(
            "none", List.of(SinkForm.coalesced, SinkForm.cancelled),
            "restat", List.of(SinkForm.coalesced, SinkForm.cancelled),
            "net-effect", List.of(SinkForm.coalesced, SinkForm.cancelled),
            "last-per-fid", List.of(SinkForm.coalesced, SinkForm.cancelled)));

    private final Map<String, List<SinkForm>> sinks;

    KillPlan(Map<String, List<SinkForm>> sinks) {
        this.sinks = sinks;
    }

    /** What each consumer writes, in the folder of its name. */
    Map<String, List<SinkForm>> sinks() {
        return sinks;
    }
}
