// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The daemon as a process of its own, from the test's class path: signals and exit codes are the real ones. */
public final class DaemonProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path out;
    private final Path err;

    private DaemonProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param folder where it is started, and where its output goes */
    public static DaemonProcess start(Path folder, String... arguments) {
        return startIn(folder, null, arguments);
    }

    /** @param home folder that holds policies and settings; null for those in the class path */
    public static DaemonProcess startIn(Path folder, Path home, String... arguments) {
        return startWith(
                home == null ? List.of() : List.of("-D" + Home.PROPERTY + "=" + home), folder, List.of(arguments));
    }

    /** @param options of the virtual machine */
    static DaemonProcess startWith(List<String> options, Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx256m");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CamelLustre.class.getName()));
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(folder, "stdout", ".txt");
            Path err = Files.createTempFile(folder, "stderr", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // as systemd and containers start it: no name may depend on a locale
            builder.environment().put("LC_ALL", "C");
            return new DaemonProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits for its end. */
    public static DaemonProcess run(Path folder, String... arguments) throws InterruptedException {
        DaemonProcess daemon = start(folder, arguments);
        daemon.exitCode();
        return daemon;
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            dumpThreads();
            process.destroyForcibly();
            throw new AssertionError("it still runs after " + PATIENCE + ":\n" + out() + err());
        }
        return process.exitValue();
    }

    /** Behind its standard error: where it hangs is all that a rare hang leaves. */
    private void dumpThreads() throws InterruptedException {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        try {
            new ProcessBuilder(jstack.toString(), Long.toString(process.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(err.toFile()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL, waited for. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
