// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.source.SourceException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the errors of a Lustre client mean to the one who reads changelogs: whether they pass, and what to do. Numbers as
 * on Linux, x86-64 and aarch64 alike.
 */
public enum Errno {
    EPERM(1, false, Remedy.RIGHTS),
    ENOENT(2, true, "the MDT or its changelog is not there: mount the file system, or see whether the MDT is up"),
    EINTR(4, true, "a signal came between: it is tried again"),
    EIO(5, true, "this client was evicted, or the MDT fails over: the changelog is opened again"),
    ENXIO(6, true, Remedy.DEVICE),
    EAGAIN(11, true, "nothing is there yet: it is tried again"),
    ENOMEM(12, true, "the kernel has no memory left for it: see what uses it"),
    EACCES(13, false, Remedy.RIGHTS),
    EBUSY(16, true, Remedy.RECOVERY),
    ENODEV(19, true, Remedy.DEVICE),
    EINVAL(22, false, "Lustre does not take the request, or the log is damaged: see the kernel's log on this node"),
    ENFILE(23, true, Remedy.FILES),
    EMFILE(24, true, Remedy.FILES),
    ENOTTY(25, false, "this is no changelog device, or its Lustre client is too old for it: look at the option dir"),
    EROFS(30, false, "the device lies on a file system that is mounted read-only: mount it writable"),
    EPROTO(71, true, "client and MDT do not understand each other: compare their Lustre versions"),
    ENOTCONN(107, true, Remedy.RECOVERY),
    ESHUTDOWN(108, true, "the file system was unmounted here: mount it again"),
    ETIMEDOUT(110, true, Remedy.RECOVERY),
    EHOSTUNREACH(113, true, Remedy.RECOVERY),
    EALREADY(114, true, Remedy.RECOVERY),
    EINPROGRESS(115, true, "a barrier blocks the MDT (lctl barrier_thaw ends it), or it recovers: it is tried again"),
    ESTALE(116, true, Remedy.RECOVERY);

    private static final class Remedy {
        private static final String RIGHTS =
                "it needs root's rights, and a client that root is not squashed on: run as root, or see nodemap and"
                        + " root_squash on the MDS";
        private static final String DEVICE = "the file system is not mounted here any more: mount it again";
        private static final String RECOVERY = "the MDT does not answer or recovers: it is tried again";
        private static final String FILES = "too many files are open: raise the limit (ulimit -n)";
    }

    private final int number;
    private final boolean retryable;
    private final String meaning;

    Errno(int number, boolean retryable, String meaning) {
        this.number = number;
        this.retryable = retryable;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** The changelog cannot be opened. */
    public static SourceException opening(String mdt, Path device, int errno) {
        String what = mdt + ": cannot open " + device + ": ";
        if (errno == ENOENT.number) {
            return SourceException.retryable(
                    what + name(errno) + ": there is no such device: mount the file system of " + mdt
                            + " on this machine",
                    null);
        }
        return general(what, errno);
    }

    /** The changelog is open, and cannot be read on. */
    public static SourceException reading(String mdt, long index, int errno) {
        return general(mdt + ": cannot read on from index " + index + ": ", errno);
    }

    /** The MDT has not taken a clear. What a clear says of users and indexes does not pass by itself. */
    public static SourceException clearing(String mdt, String user, long index, int errno) {
        String what = mdt + ": cannot clear up to " + index + " for '" + user + "': ";
        if (errno == ENOENT.number) {
            return SourceException.fatal(
                    what + name(errno) + ": the MDT does not know this user (or has removed it as idle): compare with"
                            + " changelog_users on the MDS, register a new one and give it with --user",
                    null);
        }
        if (errno == EINVAL.number) {
            return SourceException.fatal(
                    what + name(errno) + ": the index is above the newest record, or below what this user has cleared:"
                            + " another program clears for it, or the log began anew; compare with changelog_users on"
                            + " the MDS",
                    null);
        }
        return general(what, errno);
    }

    private static SourceException general(String what, int errno) {
        Optional<Errno> known = find(errno);
        if (known.isEmpty()) {
            return SourceException.retryable(
                    what + name(errno) + ": see the kernel's log on this node; it is tried again", null);
        }
        String message = what + name(errno) + ": " + known.get().meaning;
        return known.get().retryable ? SourceException.retryable(message, null) : SourceException.fatal(message, null);
    }

    /** As in errno.h, {@code ENOENT}; {@code errno 75} for one that is not in this list. */
    public static String name(int errno) {
        return find(errno).map(Errno::name).orElse("errno " + errno);
    }

    private static Optional<Errno> find(int errno) {
        return Arrays.stream(values()).filter(each -> each.number == errno).findFirst();
    }
}
