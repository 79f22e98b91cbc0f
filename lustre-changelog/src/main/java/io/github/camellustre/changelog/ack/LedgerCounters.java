// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/** What happened on one MDT since the start. Guarded by the ledger's lock. */
final class LedgerCounters {
    long read;
    long repeated;
    long reordered;
    long late;
    long gaps;
    long missing;
    long checkpoints;
    long checkpointErrors;
    long clears;
    long clearErrors;
}
