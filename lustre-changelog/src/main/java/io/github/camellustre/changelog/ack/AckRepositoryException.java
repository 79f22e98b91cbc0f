// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.ChangelogException;

/** Positions could not be read or kept. The message names the file, the reason and the remedy. */
public class AckRepositoryException extends ChangelogException {
    private static final long serialVersionUID = 1L;

    public AckRepositoryException(String message) {
        super(message);
    }

    public AckRepositoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
