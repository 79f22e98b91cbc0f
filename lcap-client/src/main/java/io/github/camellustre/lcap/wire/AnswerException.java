// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import io.github.camellustre.changelog.ChangelogException;

/** What a server sent is no answer. */
public final class AnswerException extends ChangelogException {
    private static final long serialVersionUID = 1L;

    AnswerException(String mdt, String problem, Throwable cause) {
        super(mdt + ": the server's answer is none of LCAP: " + problem, cause);
    }
}
