// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** What holds between the readers of one group. Each reader gets its own records in order in any case. */
public enum Order {
    /** Nothing. */
    NONE,
    /** Records of one object are in one reader's hands at a time, and come one after the other. */
    FID
}
