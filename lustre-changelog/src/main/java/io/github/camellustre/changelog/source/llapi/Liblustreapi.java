// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.llapi;

import io.github.camellustre.changelog.source.SourceException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.byref.PointerByReference;

/**
 * The part of liblustreapi that reads and clears changelogs. Everything returns 0 or a negated errno unless it says
 * something else. A function that the library lacks throws {@link UnsatisfiedLinkError} when it is called.
 */
public interface Liblustreapi {
    int FOLLOW = 0x1;
    int JOBID = 0x4;
    int EXTRA_FLAGS = 0x8;
    int NID_BE = 0x10;
    /** User and group, NID, open mode, name of the extended attribute. */
    int ALL_EXTRAS = 0xf;

    int llapi_changelog_start(PointerByReference stream, int flags, String mdt, long fromIndex);

    /** @param mask a bit for each record type: what is not in it, or not in the user's own mask, is left out */
    int llapi_changelog_start_user(
            PointerByReference stream, int flags, String mdt, String user, long mask, long fromIndex);

    int llapi_changelog_set_xflags(Pointer stream, int extras);

    /** 1 at the end. The record is to be freed. */
    int llapi_changelog_recv(Pointer stream, PointerByReference record);

    int llapi_changelog_free(PointerByReference record);

    /** 1 if the next record can be had without a read(2). */
    int llapi_changelog_in_buf(Pointer stream);

    /** The descriptor to poll. */
    int llapi_changelog_get_fd(Pointer stream);

    int llapi_changelog_fini(PointerByReference stream);

    int llapi_changelog_clear(String mdt, String user, long index);

    /** @param name of the library, or the path of its file */
    static Liblustreapi load(String name) throws SourceException {
        try {
            return LibraryLoader.create(Liblustreapi.class).failImmediately().load(name);
        } catch (UnsatisfiedLinkError e) {
            throw SourceException.fatal(
                    "source llapi: cannot load the library '" + name + "' (" + e.getMessage()
                            + "): install the Lustre client's user tools, which have liblustreapi.so, or name the file with"
                            + " the option library=PATH; the source device needs no library",
                    e);
        }
    }
}
