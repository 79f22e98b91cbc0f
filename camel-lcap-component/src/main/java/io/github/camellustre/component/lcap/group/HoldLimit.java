// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/**
 * How much a group without readers holds; the oldest records beyond it are released.
 *
 * @param nanos how long, since the records came or the last reader left, whichever is later
 * @param records how many
 */
public record HoldLimit(long nanos, long records) {
    public static final HoldLimit NONE = new HoldLimit(Long.MAX_VALUE, Long.MAX_VALUE);

    public static HoldLimit ofNanos(long nanos) {
        return new HoldLimit(nanos, Long.MAX_VALUE);
    }

    public static HoldLimit ofRecords(long records) {
        return new HoldLimit(Long.MAX_VALUE, records);
    }
}
