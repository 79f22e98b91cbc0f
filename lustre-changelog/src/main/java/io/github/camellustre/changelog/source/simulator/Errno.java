// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;

/** The errors of the kernel that a simulated MDT can be told to answer with. */
enum Errno {
    EIO("the MDT does not answer", true),
    ENODEV("the MDT is gone", true),
    ESHUTDOWN("the file system was unmounted", true),
    EINPROGRESS("the MDT is blocked by a barrier", true),
    ETIMEDOUT("the MDT has not answered in time", true),
    EINVAL("the MDT does not take this index: look at changelog_users on its server", false),
    ENOENT(
            "the changelog user is not registered: register one with lctl changelog_register, and name it with the"
                    + " option user",
            false),
    EACCES("no right to open the device: run as root", false);

    private final String meaning;
    private final boolean passes;

    Errno(String meaning, boolean passes) {
        this.meaning = meaning;
        this.passes = passes;
    }

    SourceException exception(String mdt, String what) {
        String message = mdt + ": " + this + ": " + what + ": " + meaning;
        return passes ? SourceException.retryable(message, null) : SourceException.fatal(message, null);
    }
}
