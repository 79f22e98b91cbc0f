// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import io.github.camellustre.changelog.ChangelogException;

/** What came is no request. {@link #returnCode} is the answer to it. */
public final class RequestException extends ChangelogException {
    private static final long serialVersionUID = 1L;

    private final int returnCode;

    RequestException(int returnCode, String message) {
        super(message);
        this.returnCode = returnCode;
    }

    public int returnCode() {
        return returnCode;
    }
}
