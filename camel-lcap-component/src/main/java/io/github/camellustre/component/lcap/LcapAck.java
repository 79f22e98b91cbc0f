// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

/** Whose acknowledgement an exchange waits for. */
public enum LcapAck {
    /** The group's readers'. */
    ALL,
    /** Nobody's. */
    NONE
}
