// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.Signals;
import io.github.camellustre.tests.SmallDisk;
import io.github.camellustre.tests.elastic.SearchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A web service that appends what is POSTed to a file: {@code tests/sinks/WebService.java}. */
final class WebSink implements Sink {
    private static final int DISK = 256;

    private final Path program;
    private final Path folder;
    private SmallDisk disk;
    private Process process;
    private int port;
    private Front front;

    WebSink(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    @Override
    public String policy() {
        return "http";
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.complementOf(EnumSet.of(Outage.NEARLY_FULL, Outage.UNAUTHORIZED, Outage.THROTTLED));
    }

    @Override
    public void start(Outage outage) throws Exception {
        disk = SmallDisk.mountExt4(folder.resolve("disk"), DISK);
        port = SearchServer.freePort();
        restart();
        if (EnumSet.of(Outage.BUSY, Outage.REJECTING, Outage.EXPIRED, Outage.PASSWORD)
                .contains(outage)) {
            front = new Front(folder, "http://127.0.0.1:" + port, outage);
        }
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        Path ready = folder.resolve("port");
        Files.deleteIfExists(ready);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        "serve",
                        ready.toString(),
                        kept().toString(),
                        Integer.toString(port))
                .inheritIO()
                .start();
        while (!Files.exists(ready)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException(program + " does not start");
            }
        }
    }

    private Path kept() {
        return folder.resolve("disk/kept");
    }

    @Override
    public List<String> settings(Outage outage) {
        String url = front == null ? "http://127.0.0.1:" + port : front.url();
        List<String> settings = new ArrayList<>(
                List.of("http.url=" + url + "/changelog", "http.timeout=10000", "http.maxRetryAfter=15000"));
        if (front != null) {
            settings.addAll(front.settings());
            settings.add("http.authorization=" + Front.BASIC);
        }
        return settings;
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        Signals.stop(process.pid());
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        Signals.go(process.pid());
    }

    @Override
    public void begin(Outage outage) throws Exception {
        if (outage == Outage.FULL) {
            disk.fill(0);
        } else {
            front.begin();
        }
    }

    @Override
    public void end(Outage outage) throws Exception {
        if (outage == Outage.FULL) {
            disk.free();
        } else {
            front.end();
        }
    }

    @Override
    public Tally stored() throws IOException {
        Tally stored = new Tally();
        stored.addLines(kept());
        return stored;
    }

    @Override
    public void close() throws IOException {
        if (front != null) {
            front.close();
        }
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        if (disk != null) {
            disk.close();
        }
    }
}
