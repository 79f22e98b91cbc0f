// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

/** What an MDT does with a clear below the user's mark; it differs between the generations of servers. */
enum BelowMark {
    /** Before 2.17.51: EINVAL. */
    REFUSE,
    /** 2.17.51 to 2.17.56 (LU-20351): removes this and every later user, and says that all is well. */
    DESTROY,
    /** From 2.17.57: nothing, and says that all is well. */
    IGNORE
}
