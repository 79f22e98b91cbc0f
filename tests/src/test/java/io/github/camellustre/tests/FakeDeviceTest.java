// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake device gives what a real one gave. */
class FakeDeviceTest {
    private static final Path CAPTURES =
            Path.of("..", "captures").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void aCaptureComesBackInTheOldFormOfNids() throws IOException {
        try (FakeLustre lustre = FakeLustre.mount(folder)) {
            FakeMdt mdt = lustre.mdt("fs-MDT0000").load(CAPTURES.resolve("zoo/zoo-MDT0000.raw-f1e-as-lfs.bin"));
            assertThat(read(mdt, 4096))
                    .isEqualTo(Files.readAllBytes(CAPTURES.resolve("zoo/zoo-MDT0000.raw-noioctl.bin")));
        }
    }

    private static byte[] read(FakeMdt mdt, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        try (FileChannel device = FileChannel.open(mdt.device(), StandardOpenOption.READ)) {
            while (device.read(buffer) > 0) {
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        }
        return bytes.toByteArray();
    }
}
