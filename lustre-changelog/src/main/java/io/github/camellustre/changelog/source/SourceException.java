// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import io.github.camellustre.changelog.ChangelogException;

/** A source could not do what it was asked. Says whether trying again can help. */
public class SourceException extends ChangelogException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    private SourceException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** It may pass: the caller closes the stream, waits and opens again at the same place. */
    public static SourceException retryable(String message, Throwable cause) {
        return new SourceException(message, true, cause);
    }

    /** It will not pass without an operator: the message names the remedy. */
    public static SourceException fatal(String message, Throwable cause) {
        return new SourceException(message, false, cause);
    }

    public boolean isRetryable() {
        return retryable;
    }
}
