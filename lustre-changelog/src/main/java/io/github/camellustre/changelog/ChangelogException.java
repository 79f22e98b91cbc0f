// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** Root of what this library throws when a changelog, its source or its state is not as it should be. The message names the MDT, the index and the remedy. */
public class ChangelogException extends Exception {
    private static final long serialVersionUID = 1L;

    public ChangelogException(String message) {
        super(message);
    }

    public ChangelogException(String message, Throwable cause) {
        super(message, cause);
    }
}
