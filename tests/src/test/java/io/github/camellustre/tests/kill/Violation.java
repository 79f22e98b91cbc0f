// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

/** A promise of the contract was broken. The message says which, where, and with what figures. */
final class Violation extends Exception {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
