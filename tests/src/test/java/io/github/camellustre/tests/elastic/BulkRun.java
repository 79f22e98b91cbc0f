// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of the daemon with a policy for a search server, mostly beside policy file, which tells what there was to deliver. */
final class BulkRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String policy;
    private final List<String> arguments = new ArrayList<>();
    private String others = "file";

    BulkRun(Path folder, String policy, String url) {
        this.folder = folder;
        this.policy = policy;
        arguments.add("run");
        set("url", url);
        set("timeout", "15000");
        property("camel.component.lustre.redeliveryDelay", "50ms");
        property("camel.component.lustre.maxRedeliveryDelay", "200ms");
        property("camel.component.lustre.clearInterval", "50ms");
    }

    /** @param source as {@code mdts=2,records=100} */
    BulkRun simulator(String source) {
        arguments.addAll(List.of("--source", "simulator:seed=1," + source));
        return this;
    }

    BulkRun input(Path file, String mdt) {
        arguments.addAll(List.of("--input", file + "=" + mdt));
        return this;
    }

    /** Other policies than file, joined with commas. */
    BulkRun beside(String policies) {
        others = policies;
        return this;
    }

    /** A knob of the policy. */
    BulkRun set(String knob, String value) {
        return property(policy + "." + knob, value);
    }

    BulkRun property(String key, String value) {
        arguments.addAll(List.of("--set", key + "=" + value));
        return this;
    }

    DaemonProcess start() throws IOException {
        Files.createDirectories(folder);
        arguments.addAll(List.of("--policies", policy + "," + others));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    /** What the policy file has written, by id. */
    Map<String, JsonNode> written() throws IOException {
        Map<String, JsonNode> records = new HashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("data/out"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.map(SearchServer::json)
                            .forEach(record -> records.put(record.path("id").asText(), record));
                }
            }
        }
        return records;
    }

    /** Dead letters of an MDT. */
    Path dead(String mdt) {
        return folder.resolve("data/dead").resolve(policy).resolve(mdt + ".dead.jsonl");
    }

    /** Up to where a simulated MDT was cleared. */
    long cleared(String mdt) {
        Path log = folder.resolve("data/simulator").resolve(mdt + ".json");
        try {
            return Files.exists(log)
                    ? JSON.readTree(log.toFile()).path("marks").path("cl1").asLong()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
