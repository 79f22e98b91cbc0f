// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.witness;

/** A promise of the contract was broken. The message says which, where, and with what figures. */
public final class Violation extends Exception {
    private static final long serialVersionUID = 1L;

    public Violation(String message) {
        super(message);
    }
}
