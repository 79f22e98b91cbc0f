// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;

/** The part of liblustreapi that knows paths and pools. Results are 0 or a negated errno unless they say something else. */
public interface PathLibrary {
    /**
     * Where an object is, by one of its names.
     *
     * @param device where the file system is mounted
     * @param path takes the path below there, without a slash in front, ended by a NUL
     * @param record of the changelog up to which renames are undone, -1 for now
     * @param link which of the names, from 0; afterwards the next one, or the same if there is none
     */
    int llapi_fid2path(String device, String fid, @Out byte[] path, int length, Pointer record, IntByReference link);

    /** @param fid takes the 16 bytes of the FID */
    int llapi_path2fid(@In byte[] path, @Out byte[] fid);

    /** Null if it fails. What it gives is to be freed. It opens the file. */
    Pointer llapi_layout_get_by_path(@In byte[] path, int flags);

    int llapi_layout_pool_name_get(Pointer layout, @Out byte[] pool, long length);

    void llapi_layout_free(Pointer layout);

    /**
     * @param name of the library, or the path of its file
     * @throws IllegalArgumentException if it cannot be had
     */
    static PathLibrary load(String name) {
        try {
            return LibraryLoader.create(PathLibrary.class).failImmediately().load(name);
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalArgumentException(
                    "paths: cannot load the library '" + name + "' (" + e.getMessage()
                            + "): install the Lustre client's user tools, which have liblustreapi.so, name its file with"
                            + " the option library, or leave out mount to find paths from the changelog alone",
                    e);
        }
    }
}
