// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.SmallDisk;
import io.github.camellustre.tests.elastic.SearchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A real Elasticsearch or OpenSearch. */
final class SearchSink implements Sink {
    private static final int DISK = 640;
    private static final int LEFT = 28;

    private final Path servers;
    private final String kind;
    private final Path folder;
    private SmallDisk disk;
    private SearchServer server;
    private Front front;

    /** @param kind one of those of {@link SearchServer} */
    SearchSink(Path servers, String kind, Path folder) {
        this.servers = servers;
        this.kind = kind;
        this.folder = folder;
    }

    @Override
    public String policy() {
        return kind;
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.range(Outage.KILLED, Outage.PASSWORD);
    }

    @Override
    public void start(Outage outage) throws Exception {
        disk = SmallDisk.mountExt4(folder.resolve("disk"), DISK);
        server = SearchServer.at(servers, kind, folder.resolve("disk"));
        server.start();
        switch (outage) {
            // as a server has it from the start; those of the tests do without, since the disks of machines for tests
            // are full
            case NEARLY_FULL -> server.call("PUT", "/_cluster/settings", """
                        {"transient": {"cluster.routing.allocation.disk.threshold_enabled": true,
                                       "cluster.info.update.interval": "10s"}}
                        """);
            case REJECTING -> server.call("PUT", "/_index_template/odd", """
                        {"index_patterns": ["lustre-*"], "template": {"mappings":
                            {"dynamic": false, "properties": {"uid": {"type": "short"}}}}}
                        """);
            case BUSY, EXPIRED, PASSWORD -> front = new Front(folder, server.url(), outage);
            default -> {}
        }
    }

    @Override
    public List<String> settings(Outage outage) {
        List<String> settings = new ArrayList<>(List.of(
                kind + ".url=" + (front == null ? server.url() : front.url()),
                kind + ".timeout=10000",
                kind + ".template=" + (outage != Outage.REJECTING)));
        if (front != null) {
            settings.addAll(front.settings());
            settings.addAll(List.of(kind + ".user=" + Front.USER, kind + ".password=" + Front.PASSWORD));
        }
        return settings;
    }

    @Override
    public void kill() throws InterruptedException {
        server.kill();
    }

    @Override
    public void restart() throws Exception {
        server.start();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        server.freeze();
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        server.thaw();
    }

    @Override
    public void begin(Outage outage) throws Exception {
        switch (outage) {
            case NEARLY_FULL -> disk.fill(LEFT);
            case FULL -> disk.fill(0);
            case REJECTING -> {}
            default -> front.begin();
        }
    }

    @Override
    public void end(Outage outage) throws Exception {
        switch (outage) {
            case NEARLY_FULL -> disk.free();
            case FULL -> {
                disk.free();
                // a shard that could not write is given up after five tries: this is for its operator to say
                server.call("POST", "/_cluster/reroute?retry_failed=true", "");
            }
            case REJECTING -> {}
            default -> front.end();
        }
    }

    @Override
    public Tally stored() throws Exception {
        Tally stored = new Tally();
        server.forEach("lustre-*", false, (id, hit) -> {
            stored.add(id);
            stored.repeated(hit.path("_version").asLong() - 1);
        });
        return stored;
    }

    @Override
    public void close() throws IOException {
        if (front != null) {
            front.close();
        }
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
    }
}
