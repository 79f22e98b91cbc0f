// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

/** A batch was not taken, for a reason that does not lie in its records: they wait and come again. */
public final class BulkException extends Exception {
    private static final long serialVersionUID = 1L;

    BulkException(String message) {
        super(message);
    }

    BulkException(String message, Throwable cause) {
        super(message, cause);
    }
}
