// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogException;

/** A reader cannot go on. The message names server or source, MDT and group, and the remedy. */
public final class LcapException extends ChangelogException {
    private static final long serialVersionUID = 1L;

    LcapException(String message) {
        super(message);
    }

    LcapException(String message, Throwable cause) {
        super(message, cause);
    }
}
