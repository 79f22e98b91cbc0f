// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/**
 * How much of a broadcast waits for one reader. The newest exchange stays, however large.
 *
 * @param records how many
 * @param bytes their size; readers share them, so that a group takes this much, not each reader
 */
public record QueueLimits(long records, long bytes) {
    public static final QueueLimits DEFAULT = new QueueLimits(1 << 20, 64 << 20);
}
