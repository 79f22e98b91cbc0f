// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/** What one consumer has seen, in records; failures in tokens. Guarded by the ledger's lock. */
final class ConsumerCounters {
    long delivered;
    long acknowledged;
    long filtered;
    long failed;
    long redelivered;
}
