// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectAttributes;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.source.live.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.byref.IntByReference;

/**
 * A mounted file system that is asked through liblustreapi. A path is only text: to remember a place so that later renames
 * keep it right, the directory's FID is needed. So that is asked for, too, and the name is looked up in that very
 * directory: only what this proves is remembered. Nothing is opened, so that asking makes no changelog records.
 */
public final class LustreMount implements FidLookUp {
    private static final int LONGEST_PATH = 4_096;
    private static final int LONGEST_POOL = 256;
    private static final int FID_SIZE = 16;
    private static final int KIND = 0xf000;
    private static final int REGULAR = 0x8000;

    private final String mount;
    private final PathLibrary library;

    private LustreMount(String mount, PathLibrary library) {
        this.mount = mount;
        this.library = library;
    }

    /**
     * @param library by name, or its file
     * @throws IllegalArgumentException if the mount point is not absolute, or the library cannot be had
     */
    public static LustreMount at(String mount, String library) {
        if (!mount.startsWith("/")) {
            throw new IllegalArgumentException(
                    "paths: mount=" + mount + ": give the folder where the file system is mounted, from / on");
        }
        String folder = mount.length() > 1 && mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount;
        return new LustreMount(folder, PathLibrary.load(library));
    }

    @Override
    public Answer lookUp(Fid fid, boolean allNames) {
        List<ObjectPath> paths = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        Pointer record = Memory.allocateDirect(Runtime.getRuntime(library), Long.BYTES);
        int next = 0;
        int link;
        do {
            link = next;
            record.putLong(0, -1);
            IntByReference number = new IntByReference(link);
            byte[] path = new byte[LONGEST_PATH];
            int result = library.llapi_fid2path(mount, fid.toString(), path, path.length, record, number);
            if (result < 0) {
                return failed(-result);
            }
            byte[] told = relative(path);
            paths.add(ObjectPath.ROOT.resolve(told));
            proven(fid, told).ifPresent(links::add);
            next = number.getValue();
        } while (allNames && next > link);
        boolean isComplete = next == link && links.size() == paths.size();
        return Answer.of(paths, links, isComplete);
    }

    private static Answer failed(int errno) {
        boolean gone = errno == Errno.ENOENT.number() || errno == Errno.ESTALE.number();
        return Answer.without(gone ? PathReason.GONE : PathReason.FAILED, Errno.name(errno));
    }

    /** Some versions of the library put a slash in front. */
    private static byte[] relative(byte[] path) {
        int from = path[0] == '/' ? 1 : 0;
        int to = from;
        while (to < path.length && path[to] != 0) {
            to++;
        }
        return Arrays.copyOfRange(path, from, to);
    }

    /** Directory and name, if the directory that is there now has the object under that name. */
    private Optional<Link> proven(Fid fid, byte[] path) {
        int slash = path.length;
        while (slash > 0 && path[slash - 1] != '/') {
            slash--;
        }
        byte[] name = Arrays.copyOfRange(path, slash, path.length);
        Optional<Fid> directory = fidOf(mount, Arrays.copyOf(path, Math.max(slash - 1, 0)));
        return directory
                .filter(found -> name.length > 0
                        && fidOf(byFid(found), name).filter(fid::equals).isPresent())
                .map(found -> Link.found(found, name));
    }

    private String byFid(Fid fid) {
        return mount + "/.lustre/fid/" + fid;
    }

    private Optional<Fid> fidOf(String folder, byte[] below) {
        byte[] fid = new byte[FID_SIZE];
        if (library.llapi_path2fid(terminated(folder, below), fid) < 0) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(fid).order(ByteOrder.nativeOrder());
        return Optional.of(new Fid(fields.getLong(), fields.getInt(), fields.getInt()));
    }

    private static byte[] terminated(String folder, byte[] below) {
        byte[] before = folder.getBytes(StandardCharsets.UTF_8);
        byte[] path = Arrays.copyOf(before, before.length + 1 + below.length + 1);
        path[before.length] = '/';
        System.arraycopy(below, 0, path, before.length + 1, below.length);
        return path;
    }

    @Override
    public ObjectAttributes describe(Fid fid) {
        try {
            Map<String, Object> found = Files.readAttributes(
                    Path.of(byFid(fid)), "unix:uid,gid,mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) found.get("mode");
            return new ObjectAttributes(
                    Integer.toUnsignedLong((Integer) found.get("uid")),
                    Integer.toUnsignedLong((Integer) found.get("gid")),
                    mode,
                    (Long) found.get("size"),
                    ((FileTime) found.get("lastModifiedTime")).toInstant(),
                    (mode & KIND) == REGULAR ? pool(fid) : "");
        } catch (IOException e) {
            return null;
        }
    }

    private String pool(Fid fid) {
        Pointer layout = library.llapi_layout_get_by_path(terminated(byFid(fid), new byte[0]), 0);
        if (layout == null) {
            return "";
        }
        try {
            byte[] pool = new byte[LONGEST_POOL];
            int result = library.llapi_layout_pool_name_get(layout, pool, pool.length);
            return result == 0 ? new String(relative(pool), StandardCharsets.UTF_8) : "";
        } finally {
            library.llapi_layout_free(layout);
        }
    }
}
