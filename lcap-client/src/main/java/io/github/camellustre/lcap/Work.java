// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

/**
 * What the session thread is to do next.
 *
 * @param options not null: these have changed
 * @param clear index to acknowledge up to, 0 for none
 * @param dequeue ask for the next batch
 * @param renew keep the lease of the batch that is out; with nothing else either, look at the connection
 */
record Work(SessionOptions options, long clear, boolean dequeue, boolean renew) {}
