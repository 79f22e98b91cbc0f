// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

/** Asks one file descriptor whether a read would find something at once: records, the end or an error. One thread. */
public final class Poll {
    private final int fd;

    public Poll(int fd) {
        this.fd = fd;
    }

    /**
     * Also makes the kernel begin to load records, where it has not begun yet.
     *
     * @return 1 if a read finds something; 0 if the time was over first, or a signal came; else the negated errno
     */
    public int ready(int millis) {
        int[] pollFd = {fd, LibC.POLLIN};
        int ready = LibC.INSTANCE.poll(pollFd, 1, millis);
        if (ready < 0) {
            int errno = LibC.errno();
            return errno == Errno.EINTR.number() ? 0 : -errno;
        }
        return ready;
    }
}
