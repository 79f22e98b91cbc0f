// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

/** What the process tells whoever started it. */
final class ExitCode {
    /** All that a finite source has is delivered, acknowledged and cleared; or stopped with nothing in flight. */
    static final int DONE = 0;

    /** It could not start, or an MDT or a consumer stopped for good. */
    static final int FAILED = 1;

    /** The command line, or a name in the configuration, is wrong. */
    static final int USAGE = 2;

    /** Stopped while records were in flight: they are delivered again at the next start. */
    static final int LEFT = 3;

    private ExitCode() {}
}
