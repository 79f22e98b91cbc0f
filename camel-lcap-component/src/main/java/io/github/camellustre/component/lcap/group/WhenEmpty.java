// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** What becomes of the records of a group that has no reader. */
public enum WhenEmpty {
    HOLD,
    ACKNOWLEDGE
}
