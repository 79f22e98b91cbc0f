// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A file system that notes what is done to it, and fails where it is told to. */
final class FaultyFiles extends FileAccess {
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** Bytes that still fit; -1 is a disk that is never full. */
    final AtomicLong room = new AtomicLong(-1);

    volatile boolean failForce;
    volatile boolean failTruncate;
    volatile boolean failRename;

    @Override
    FileChannel open(Path path, OpenOption... options) throws IOException {
        return new Channel(path.getFileName().toString(), super.open(path, options));
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        if (failRename) {
            throw new IOException("Input/output error");
        }
        calls.add("rename " + to.getFileName());
        super.rename(from, to);
    }

    @Override
    void syncDirectory(Path directory) throws IOException {
        calls.add("sync directory");
        super.syncDirectory(directory);
    }

    private final class Channel extends FileChannel {
        private final String name;
        private final FileChannel real;

        Channel(String name, FileChannel real) {
            this.name = name;
            this.real = real;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            calls.add("write " + name);
            long left = room.get();
            if (left >= 0) {
                if (left == 0) {
                    throw new IOException("No space left on device");
                }
                int limit = source.limit();
                source.limit((int) Math.min(limit, source.position() + left));
                int written = real.write(source, position);
                source.limit(limit);
                room.addAndGet(-written);
                return written;
            }
            return real.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (failForce) {
                throw new IOException("Input/output error");
            }
            real.force(metaData);
            calls.add("force " + name);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (failTruncate) {
                throw new IOException("Input/output error");
            }
            calls.add("truncate " + name);
            real.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return real.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
