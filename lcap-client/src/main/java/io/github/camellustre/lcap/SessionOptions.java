// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import java.time.Duration;

/**
 * What a reader wants of a session, the present one and those after it.
 *
 * @param flags those of {@link io.github.camellustre.lcap.wire.Start}
 * @param filter null: none, but one that the group has stays
 * @param batch null: as the server likes
 */
record SessionOptions(
        int flags, long firstIndex, GroupName group, Option.Filter filter, Option.Batch batch, Option.Lease lease) {
    /** The server's own for readers of ours. */
    static final Option.Lease DEFAULT_LEASE = new Option.Lease(Duration.ofSeconds(30));

    SessionOptions with(GroupName other) {
        return new SessionOptions(flags, firstIndex, other, filter, batch, lease);
    }

    SessionOptions with(Option option) {
        return new SessionOptions(
                flags,
                firstIndex,
                group,
                option instanceof Option.Filter other ? other : filter,
                option instanceof Option.Batch other ? other : batch,
                option instanceof Option.Lease other ? other : lease);
    }

    SessionOptions withFlags(int other) {
        return new SessionOptions(other, firstIndex, group, filter, batch, lease);
    }

    SessionOptions withFirstIndex(long other) {
        return new SessionOptions(flags, other, group, filter, batch, lease);
    }
}
