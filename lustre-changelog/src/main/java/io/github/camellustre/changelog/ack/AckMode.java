// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/** When a record counts as acknowledged, and whether that holds the clear back. */
public enum AckMode {
    /** Acknowledged when everything that holds it has succeeded; holds the clear. */
    AUTO,
    /** Acknowledged when the route says so; holds the clear. */
    MANUAL,
    /** Acknowledged when it is done with, success or not; does not hold the clear. */
    NONE
}
