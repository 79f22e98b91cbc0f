// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder with the changelog devices of a Lustre client, played by a FUSE server that behaves as a real one was observed to.
 * The server ends with this JVM, however that ends. {@code src/test/native/README.md} says what is played and what is not.
 */
public final class FakeLustre implements AutoCloseable {
    private final Path folder;
    private final Process server;

    private FakeLustre(Path folder, Process server) {
        this.folder = folder;
        this.server = server;
    }

    /** Mounts on a new folder below {@code parent}. Skips the test where gcc or FUSE is missing. */
    public static FakeLustre mount(Path parent) throws IOException {
        Path program = NativeBuild.fileSystem();
        Path folder = Files.createTempDirectory(parent, "lustre");
        Path errors = parent.resolve(folder.getFileName() + ".err");
        Process server = new ProcessBuilder(program.toString(), folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        FakeLustre lustre = new FakeLustre(folder, server);
        await().until(() -> Files.exists(lustre.control()) || !server.isAlive());
        if (!server.isAlive()) {
            throw new IllegalStateException(program + " ended at once: " + Files.readString(errors));
        }
        return lustre;
    }

    /** The folder with {@code changelog-<MDT>}: what {@code /dev} is on a Lustre client. */
    public Path devices() {
        return folder;
    }

    public Path device(String mdt) {
        return folder.resolve("changelog-" + mdt);
    }

    /** The library with liblustreapi's interface; it looks for devices where {@code LUSTREAPI_DEVICES} says. */
    public static Path library() {
        return NativeBuild.library();
    }

    /** A new MDT with an empty log and no user. */
    public FakeMdt mdt(String name) throws IOException {
        command("mdt " + name);
        return new FakeMdt(this, name);
    }

    /** Every clear that was asked for, in that order. */
    public List<FakeClear> clears() throws IOException {
        return Files.readAllLines(folder.resolve("log")).stream()
                .map(FakeClear::parse)
                .toList();
    }

    /** Throws what the server answers: the message of the exception is the text of the errno. */
    void command(String line) throws IOException {
        Files.writeString(control(), line, StandardOpenOption.WRITE);
    }

    private Path control() {
        return folder.resolve("control");
    }

    /** Ends the server: reads that still wait fail then. */
    @Override
    public void close() throws IOException {
        server.getOutputStream().close();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
                throw new IllegalStateException("the server of " + folder + " did not end with its input");
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        await().until(() -> !Files.exists(control()));
    }
}
