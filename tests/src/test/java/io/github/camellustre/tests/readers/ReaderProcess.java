// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.tests.Signals;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One reader as a process of its own, with a log of what it has worked through. */
final class ReaderProcess {
    /** Exit status of what was killed. */
    static final int KILLED = 128 + 9;

    private static final long PATIENCE_SECONDS = 60;

    private final List<String> command;
    private final String mdt;
    private final Path log;
    private final Path errors;
    private final Process process;

    private ReaderProcess(List<String> command, String mdt, Path log, Path errors, Process process) {
        this.command = command;
        this.mdt = mdt;
        this.log = log;
        this.errors = errors;
        this.process = process;
    }

    /**
     * @param command writes its log by itself, or to its standard output
     * @param mdt that it reads
     */
    static ReaderProcess start(List<String> command, String mdt, Path log) throws IOException {
        Path errors = log.resolveSibling(log.getFileName() + ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        return new ReaderProcess(command, mdt, log, errors, process);
    }

    /** Another one with the same command. */
    ReaderProcess again() throws IOException {
        return start(command, mdt, log);
    }

    String mdt() {
        return mdt;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of one that has ended. */
    int exitStatus() {
        return process.exitValue();
    }

    /** Bytes that it has logged. */
    long logged() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    boolean isFrozen() throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        return status.charAt(status.lastIndexOf(')') + 2) == 'T';
    }

    void thaw() throws IOException, InterruptedException {
        Signals.go(process.pid());
    }

    /** Waits for its end by itself. */
    void awaitEnd(int status) throws InterruptedException, Violation {
        awaitEnd(Set.of(), status);
    }

    private void awaitEnd(Set<Integer> forgiven, int status) throws InterruptedException, Violation {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new Violation("stuck: " + this);
        }
        if (process.exitValue() != status && !forgiven.contains(process.exitValue())) {
            throw new Violation("ended with " + process.exitValue() + " instead of " + status + ": " + this);
        }
    }

    /**
     * Tells it to say FINI, and waits for its end.
     *
     * @param forgiven exit statuses besides 0
     */
    void leave(Set<Integer> forgiven) throws InterruptedException, Violation {
        process.destroy();
        awaitEnd(forgiven, 0);
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return command + " (" + errors + ")";
    }
}
