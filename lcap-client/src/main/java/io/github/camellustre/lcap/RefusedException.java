// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

/** The server does not have the group. It may be one that has just come up, so this is final only after a while. */
final class RefusedException extends LostException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
