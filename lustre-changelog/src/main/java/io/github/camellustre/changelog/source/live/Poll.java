// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.source.SourceException;

/** Asks one file descriptor whether a read would find something at once: records, the end or an error. One thread. */
public final class Poll {
    private final String mdt;
    private final int fd;

    public Poll(String mdt, int fd) {
        this.mdt = mdt;
        this.fd = fd;
    }

    /**
     * Also makes the kernel begin to load records, where it has not begun yet.
     *
     * @param next index that would be read, for the error
     * @return false if the time was over first, or a signal came
     */
    public boolean isReady(int millis, long next) throws SourceException {
        int[] pollFd = {fd, LibC.POLLIN};
        int ready = LibC.INSTANCE.poll(pollFd, 1, millis);
        if (ready >= 0) {
            return ready > 0;
        }
        int errno = LibC.errno();
        if (errno == Errno.EINTR.number()) {
            return false;
        }
        throw Errno.reading(mdt, next, errno);
    }
}
