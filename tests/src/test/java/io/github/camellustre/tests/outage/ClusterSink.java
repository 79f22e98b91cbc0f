// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camellustre.tests.elastic.SearchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Two nodes of Elasticsearch or OpenSearch, each shard on both. Trouble comes to the second, which has primaries, but is no master. */
final class ClusterSink implements Sink {
    private final String kind;
    private final SearchServer first;
    private final SearchServer second;
    private final int copies;
    private boolean hadPrimary;

    /** @param copies of a shard that must be there for a write to begin */
    ClusterSink(Path servers, String kind, Path folder, int copies) throws IOException {
        this.kind = kind;
        this.copies = copies;
        String transport = Integer.toString(SearchServer.freePort());
        first = SearchServer.at(
                servers,
                kind,
                folder.resolve("first"),
                "node.name=first",
                "discovery.type=zen",
                "cluster.initial_master_nodes=first",
                "transport.port=" + transport);
        second = SearchServer.at(
                servers,
                kind,
                folder.resolve("second"),
                "node.name=second",
                "discovery.type=zen",
                "discovery.seed_hosts=127.0.0.1:" + transport,
                "node.roles=data");
    }

    @Override
    public String policy() {
        return kind;
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.of(Outage.KILLED, Outage.FROZEN, Outage.SLOW);
    }

    /** The nodes share a machine with the daemon. */
    @Override
    public int rate() {
        return 300;
    }

    @Override
    public void start(Outage outage) throws Exception {
        first.start();
        second.start();
        first.call("PUT", "/_index_template/replicas", String.format("""
                {"index_patterns": ["lustre-*"], "template": {"settings":
                    {"number_of_shards": 2, "number_of_replicas": 1, "index.write.wait_for_active_shards": "%d"}}}
                """, copies));
    }

    @Override
    public List<String> settings(Outage outage) {
        return List.of(kind + ".url=" + second.url() + "," + first.url(), kind + ".timeout=10000");
    }

    @Override
    public void kill() throws Exception {
        requirePrimary();
        second.kill();
    }

    /** When the trouble begins: later the second may have been left out. */
    private void requirePrimary() throws IOException, InterruptedException {
        if (hadPrimary) {
            return;
        }
        awaitGreen();
        for (JsonNode shard : first.call("GET", "/_cat/shards/lustre-*?format=json", "")) {
            if (shard.path("prirep").asText().equals("p")
                    && shard.path("node").asText().equals("second")) {
                hadPrimary = true;
                return;
            }
        }
        throw new IllegalStateException("no primary on the second node");
    }

    private void awaitGreen() throws IOException, InterruptedException {
        first.call("GET", "/_cluster/health?wait_for_status=green&wait_for_nodes=2&timeout=100s", "");
    }

    @Override
    public void restart() throws Exception {
        second.start();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        requirePrimary();
        second.freeze();
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        second.thaw();
    }

    @Override
    public void begin(Outage outage) {
        throw new IllegalArgumentException(outage.toString());
    }

    @Override
    public void end(Outage outage) {
        throw new IllegalArgumentException(outage.toString());
    }

    @Override
    public Tally stored() throws Exception {
        awaitGreen();
        Tally stored = new Tally();
        first.forEach("lustre-*", false, (id, hit) -> {
            stored.add(id);
            stored.repeated(hit.path("_version").asLong() - 1);
        });
        return stored;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
