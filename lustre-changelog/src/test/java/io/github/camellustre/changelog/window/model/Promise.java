// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

/** What a strategy promises of its windows; it remembers the windows before. */
interface Promise {
    /** @throws AssertionError if it is not kept */
    void check(ClosedWindow window);
}
