// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.device;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.live.Errno;
import io.github.camellustre.changelog.source.live.LibC;
import io.github.camellustre.changelog.source.live.LiveHandle;
import io.github.camellustre.changelog.source.live.Poll;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An open {@code /dev/changelog-*}. Its position is the index of a record, and a read gives whole records only. */
final class DeviceHandle implements LiveHandle {
    private static final long SET_FLAGS = 0x800866e9L;
    private static final long FOLLOW = 0x1;
    private static final long JOBID = 0x4;
    private static final long EXTRA_FLAGS = 0x8;
    private static final long NID_BE = 0x10;

    /** More than a name whose length has 16 bits can make it: a record that does not fit would look like the end. */
    static final int LARGEST_RECORD = 1 << 17;

    private final String mdt;
    private final int fd;
    private final Poll poll;
    private final ByteBuffer buffer;
    private final long address;
    private final BufferShelf shelf;
    private long next;
    private boolean atEnd;

    private DeviceHandle(String mdt, int fd, long fromIndex, ByteBuffer buffer, BufferShelf shelf) {
        this.mdt = mdt;
        this.fd = fd;
        this.poll = new Poll(mdt, fd);
        this.next = fromIndex;
        this.buffer = buffer.position(0).limit(0);
        this.address = LibC.address(buffer);
        this.shelf = shelf;
    }

    static DeviceHandle open(String mdt, Path device, long fromIndex, boolean follow, BufferShelf shelf)
            throws SourceException {
        ByteBuffer buffer = shelf.take();
        int fd = LibC.INSTANCE.open(device.toString(), LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (fd < 0) {
            SourceException failure = Errno.opening(mdt, device, LibC.errno());
            shelf.putBack(buffer);
            throw failure;
        }
        DeviceHandle handle = new DeviceHandle(mdt, fd, fromIndex, buffer, shelf);
        long flags = JOBID | EXTRA_FLAGS | NID_BE | (follow ? FOLLOW : 0);
        if (LibC.INSTANCE.ioctl(fd, SET_FLAGS, flags) < 0
                || fromIndex > 1 && LibC.INSTANCE.lseek(fd, fromIndex, LibC.SEEK_SET) < 0) {
            SourceException failure = Errno.opening(mdt, device, LibC.errno());
            handle.close();
            throw failure;
        }
        return handle;
    }

    @Override
    public boolean poll(int millis) throws SourceException {
        return buffer.hasRemaining() || poll.isReady(millis, next);
    }

    @Override
    public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
        if (!buffer.hasRemaining()) {
            fill();
        }
        if (!buffer.hasRemaining()) {
            return RecordBlock.empty(mdt);
        }
        RecordBlock block = RecordBlock.take(mdt, buffer, maxRecords, maxBytes);
        next = Math.max(next, block.index(block.count() - 1) + 1);
        return block;
    }

    /**
     * The kernel wakes a reader for each single record, so it is asked again until nothing is there. An error waits until
     * what came before it is delivered: the kernel repeats it.
     */
    private void fill() throws SourceException {
        int size = 0;
        while (buffer.capacity() - size >= LARGEST_RECORD) {
            long got = LibC.INSTANCE.read(fd, address + size, buffer.capacity() - size);
            if (got > 0) {
                size += (int) got;
                continue;
            }
            int errno = got < 0 ? LibC.errno() : 0;
            if (errno == Errno.EINTR.number()) {
                continue;
            }
            atEnd = got == 0;
            if (got < 0 && size == 0 && errno != Errno.EAGAIN.number()) {
                throw Errno.reading(mdt, next, errno);
            }
            break;
        }
        buffer.position(0).limit(size);
    }

    @Override
    public boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public void close() {
        LibC.INSTANCE.close(fd);
        shelf.putBack(buffer);
    }
}
