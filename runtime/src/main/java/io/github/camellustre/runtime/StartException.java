// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

/** The daemon cannot start as it was asked to. The message is for the user: what, where, and what to do about it. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private StartException(String message, int exitCode, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Something that does not exist, or is not understood, was asked for. */
    static StartException usage(String message) {
        return new StartException(message, ExitCode.USAGE, null);
    }

    static StartException failed(String message, Throwable cause) {
        return new StartException(message, ExitCode.FAILED, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
