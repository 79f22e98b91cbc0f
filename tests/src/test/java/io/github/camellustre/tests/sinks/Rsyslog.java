// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real receiver of syslog, as a process of its own: writes what it has understood of each message to a file. */
public final class Rsyslog implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

    /** One message: numbers and names as in RFC 5424. */
    record Message(String priority, String version, String time, String application, String id, String text) {}

    private final Path folder;
    private final int port;
    private Process process;

    /** @param port of the loopback interface; nobody listens there before {@link #start} */
    public Rsyslog(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    public void start() throws IOException {
        Path configuration = Files.writeString(folder.resolve("rsyslog.conf"), """
                global(workDirectory="%1$s" maxMessageSize="64k")
                module(load="imtcp")
                template(name="parts" type="string"
                  string="%%pri%%|%%protocol-version%%|%%timereported:::date-rfc3339%%|%%app-name%%|%%msgid%%|%%msg%%\\n")
                input(type="imtcp" address="127.0.0.1" port="%2$d")
                action(type="omfile" file="%1$s/received" template="parts")
                """.formatted(folder, port));
        process = new ProcessBuilder(
                        PROGRAM.toString(), "-n", "-f", configuration.toString(), "-i", folder.resolve("pid") + "")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.log").toFile())
                .start();
    }

    /** What has arrived so far, without its own words. */
    List<Message> received() throws IOException {
        Path file = folder.resolve("received");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split("\\|", 6))
                .filter(parts -> !parts[3].equals("rsyslogd"))
                .map(parts -> new Message(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]))
                .toList();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
