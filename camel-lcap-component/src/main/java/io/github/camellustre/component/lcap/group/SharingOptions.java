// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** How the readers of a {@link SharedGroup} share its records. */
public record SharingOptions(Order order, WhenEmpty whenEmpty, HoldLimit holdLimit, BatchLimits batches) {
    public static final SharingOptions DEFAULT =
            new SharingOptions(Order.NONE, WhenEmpty.HOLD, HoldLimit.NONE, BatchLimits.DEFAULT);
}
