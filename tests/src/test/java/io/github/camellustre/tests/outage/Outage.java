// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

/** What happens to a sink for a while. */
enum Outage {
    /** Its process gets SIGKILL, later it is started again; a disk fails and is mounted again. */
    KILLED,
    /** SIGSTOP, longer than the policy's time-out; a disk on which every write waits. */
    FROZEN,
    /** Its disk is nearly full, and the sink itself notices that. */
    NEARLY_FULL,
    /** There is not one page left on its disk. */
    FULL,
    /** It stands still for nine tenths of each second. */
    SLOW,
    /** It answers 429 and 503, both with Retry-After. */
    BUSY,
    /** It refuses some of the records for what is in them. */
    REJECTING,
    /** Its certificate has expired. */
    EXPIRED,
    /** Its password has been changed, and is changed back. */
    PASSWORD,
    /** The user loses the right to the topic, and gets it again. */
    UNAUTHORIZED,
    /** The broker lets each client send only so many bytes a second. */
    THROTTLED
}
