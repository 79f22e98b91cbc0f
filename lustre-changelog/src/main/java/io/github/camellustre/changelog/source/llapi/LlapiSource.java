// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.llapi;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.live.ChangelogDevices;
import io.github.camellustre.changelog.source.live.Errno;
import io.github.camellustre.changelog.source.live.LiveHandle;
import io.github.camellustre.changelog.source.live.LiveSource;
import io.github.camellustre.changelog.source.live.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import jnr.ffi.byref.PointerByReference;

/** Reads and clears through liblustreapi. */
final class LlapiSource extends LiveSource {
    private final Liblustreapi library;
    private final Optional<KernelMask> mask;

    LlapiSource(ChangelogDevices devices, Waiting waiting, Liblustreapi library, Optional<KernelMask> mask) {
        super(devices, waiting);
        this.library = library;
        this.mask = mask;
    }

    @Override
    protected LiveHandle openHandle(String mdt, long fromIndex, boolean follow) throws SourceException {
        PointerByReference stream = new PointerByReference();
        try {
            int result = start(stream, mdt, fromIndex, follow);
            if (result < 0) {
                throw notStarted(mdt, -result);
            }
            library.llapi_changelog_set_xflags(stream.getValue(), Liblustreapi.ALL_EXTRAS);
            // the first poll, which must come at once, will ask for this: a library without it is found out here
            library.llapi_changelog_in_buf(stream.getValue());
            return new LlapiHandle(mdt, library, stream, fromIndex);
        } catch (UnsatisfiedLinkError e) {
            if (stream.getValue() != null) {
                library.llapi_changelog_fini(stream);
            }
            throw lacking(mdt, e);
        }
    }

    @Override
    public boolean isFiltered() {
        return mask.isPresent();
    }

    private int start(PointerByReference stream, String mdt, long fromIndex, boolean follow) {
        int flags = Liblustreapi.JOBID
                | Liblustreapi.EXTRA_FLAGS
                | Liblustreapi.NID_BE
                | (follow ? Liblustreapi.FOLLOW : 0);
        return mask.isPresent()
                ? library.llapi_changelog_start_user(
                        stream, flags, mdt, mask.get().user(), mask.get().bits(), fromIndex)
                : library.llapi_changelog_start(stream, flags, mdt, fromIndex);
    }

    private SourceException notStarted(String mdt, int errno) {
        Path device = devices().device(mdt);
        if (mask.isPresent() && errno == Errno.ENOENT.number() && Files.exists(device)) {
            return SourceException.fatal(
                    mdt + ": cannot filter in the kernel: ENOENT: the MDT knows no changelog user '"
                            + mask.get().user()
                            + "' that has a mask; register one on the MDS (changelog_register -m ALL), or leave out "
                            + KernelMask.MASK,
                    null);
        }
        return Errno.opening(mdt, device, errno);
    }

    @Override
    protected void sendClear(String mdt, String id, long index) throws SourceException {
        int result;
        try {
            result = library.llapi_changelog_clear(mdt, id, index);
        } catch (UnsatisfiedLinkError e) {
            throw lacking(mdt, e);
        }
        Path device = devices().device(mdt);
        boolean noDevice = result == -Errno.ENOENT.number() && !Files.exists(device);
        if (noDevice || result == -Errno.EACCES.number()) {
            throw Errno.opening(mdt, device, -result);
        }
        if (result < 0) {
            throw Errno.clearing(mdt, id, index, -result);
        }
    }

    /** The error itself does not name the function; the call that failed is in its stack. */
    private static SourceException lacking(String mdt, UnsatisfiedLinkError e) {
        String function = Arrays.stream(e.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .filter(name -> name.startsWith("llapi_"))
                .findFirst()
                .orElse("what is needed");
        String remedy = function.equals("llapi_changelog_start_user")
                ? "leave out " + KernelMask.MASK + ", for which it takes Lustre 2.18"
                : "use that of a newer Lustre client, or the source device";
        return SourceException.fatal(mdt + ": the library liblustreapi lacks " + function + ": " + remedy, e);
    }
}
