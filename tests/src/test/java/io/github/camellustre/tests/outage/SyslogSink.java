// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.Signals;
import io.github.camellustre.tests.SmallDisk;
import io.github.camellustre.tests.elastic.SearchServer;
import io.github.camellustre.tests.sinks.Rsyslog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A real rsyslogd that appends to a file. */
final class SyslogSink implements Sink {
    private static final int DISK = 256;

    private final Path folder;
    private SmallDisk disk;
    private int port;
    private Rsyslog receiver;

    SyslogSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public String policy() {
        return "syslog";
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.of(Outage.KILLED, Outage.FROZEN, Outage.FULL, Outage.SLOW);
    }

    @Override
    public void start(Outage outage) throws IOException {
        disk = SmallDisk.mountExt4(folder.resolve("disk"), DISK);
        port = SearchServer.freePort();
        receiver = new Rsyslog(folder.resolve("disk"), port);
        restart();
    }

    @Override
    public void restart() throws IOException {
        receiver.start();
    }

    @Override
    public List<String> settings(Outage outage) {
        return List.of("syslog.address=127.0.0.1:" + port);
    }

    @Override
    public void kill() throws InterruptedException {
        receiver.kill();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        Signals.stop(receiver.pid());
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        Signals.go(receiver.pid());
    }

    @Override
    public void begin(Outage outage) throws IOException {
        disk.fill(0);
    }

    @Override
    public void end(Outage outage) throws IOException {
        disk.free();
    }

    @Override
    public Tally stored() throws IOException {
        Tally stored = new Tally();
        stored.addLines(folder.resolve("disk/received"));
        return stored;
    }

    @Override
    public void close() throws IOException {
        if (receiver != null) {
            receiver.close();
        }
        if (disk != null) {
            disk.close();
        }
    }
}
