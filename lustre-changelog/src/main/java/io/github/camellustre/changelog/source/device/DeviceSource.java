// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.device;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.live.ChangelogDevices;
import io.github.camellustre.changelog.source.live.Errno;
import io.github.camellustre.changelog.source.live.LibC;
import io.github.camellustre.changelog.source.live.LiveHandle;
import io.github.camellustre.changelog.source.live.LiveSource;
import io.github.camellustre.changelog.source.live.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the kernel's changelog devices, and clears by writing to them. */
final class DeviceSource extends LiveSource {
    private final BufferShelf shelf = new BufferShelf();

    DeviceSource(ChangelogDevices devices, Waiting waiting) {
        super(devices, waiting);
    }

    @Override
    protected LiveHandle openHandle(String mdt, long fromIndex, boolean follow) throws SourceException {
        return DeviceHandle.open(mdt, devices().device(mdt), fromIndex, follow, shelf);
    }

    @Override
    protected void sendClear(String mdt, String id, long index) throws SourceException {
        Path device = devices().device(mdt);
        int fd = LibC.INSTANCE.open(device.toString(), LibC.O_WRONLY | LibC.O_CLOEXEC);
        if (fd < 0) {
            throw Errno.opening(mdt, device, LibC.errno());
        }
        try {
            byte[] request = ("clear:" + id + ":" + index + "\0").getBytes(StandardCharsets.US_ASCII);
            if (LibC.INSTANCE.write(fd, request, request.length) < 0) {
                throw Errno.clearing(mdt, id, index, LibC.errno());
            }
        } finally {
            LibC.INSTANCE.close(fd);
        }
    }
}
