// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The calls of the C library that Java has none for. After a result below 0, and only then, {@link #errno} tells why.
 */
public interface LibC {
    LibC INSTANCE = LibraryLoader.create(LibC.class).load("c");

    int O_RDONLY = 0;
    int O_WRONLY = 1;
    int O_NONBLOCK = 0x800;
    int O_CLOEXEC = 0x80000;
    int SEEK_SET = 0;

    int POLLIN = 0x1;

    int SCHED_BATCH = 3;

    int open(String path, int flags);

    long lseek(int fd, long offset, int whence);

    int ioctl(int fd, long request, long argument);

    /** @param fds an array of {@code struct pollfd}, each in two ints: fd, then events and above them the answer */
    int poll(@In @Out int[] fds, long count, int millis);

    /** @param address of memory outside the heap */
    long read(int fd, long address, long count);

    long write(int fd, @In byte[] bytes, long count);

    int close(int fd);

    /**
     * @param thread 0: the calling one
     * @param parameters {@code struct sched_param}: the static priority
     */
    int sched_setscheduler(int thread, int policy, @In int[] parameters);

    static int errno() {
        return Runtime.getRuntime(INSTANCE).getLastError();
    }

    /** Where a direct buffer lies. It must be kept as long as the address is used. */
    static long address(ByteBuffer direct) {
        return Pointer.wrap(Runtime.getRuntime(INSTANCE), direct).address();
    }
}
