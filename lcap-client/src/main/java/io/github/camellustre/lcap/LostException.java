// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

/** A session has ended, or could not begin yet: there is another attempt. */
class LostException extends Exception {
    private static final long serialVersionUID = 1L;

    LostException(String message) {
        super(message);
    }
}
