// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/** A failure in one line, with the reasons that only its causes tell: "cannot connect" says little without "refused". */
final class CauseText {
    /** More is a wrapper of wrappers, or a circle. */
    private static final int MOST_CAUSES = 5;

    private CauseText() {}

    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause.getMessage() != null && text.indexOf(cause.getMessage()) < 0) {
                text.append(" (").append(cause).append(')');
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}
