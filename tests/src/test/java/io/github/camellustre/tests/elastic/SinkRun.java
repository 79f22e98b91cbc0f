// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Many simulated records and all captures into a real server, by the daemon as users start it: is exactly that there which was
 * cleared, also after a second time, and what does it cost? Beside it a bare client that sends the same bytes to the same server.
 * Stops with 1 at the first difference.
 */
public final class SinkRun {
    private static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");
    private static final int SAMPLE = 1_000;
    private static final int WARM_UP = 100_000;

    private final Path home;
    private final Path folder;
    private final String kind;
    private final SearchServer server;

    private SinkRun(Path home, Path folder, String kind) throws IOException, InterruptedException {
        this.home = home;
        this.folder = folder;
        this.kind = kind;
        this.server = SearchServer.start(home.resolve("tests/servers"), kind, folder);
    }

    /** Arguments: the project, an empty folder, elasticsearch or opensearch, records in all. */
    public static void main(String[] arguments) throws Exception {
        SinkRun run = new SinkRun(Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath(), arguments[2]);
        try {
            run.all(Long.parseLong(arguments[3]) / MDTS.size());
        } finally {
            run.server.close();
        }
    }

    private void all(long perMdt) throws Exception {
        BulkBytes warmUp = new BulkBytes(folder.resolve("warm-up"), MDTS, WARM_UP / MDTS.size());
        measure("warm-up, bare client", WARM_UP, () -> warmUp.send(server.url()));
        server.call("DELETE", "/lustre-*", "");

        long records = perMdt * MDTS.size();
        BulkBytes bytes = new BulkBytes(folder.resolve("bytes"), MDTS, perMdt);
        measure("bare client, the same bytes", records, () -> bytes.send(server.url()));
        long size = store();
        server.call("DELETE", "/lustre-*", "");
        measure("daemon", records, () -> simulated("first", kind, perMdt));
        write(String.format(
                "%,d bytes in all, %.0f a record; in the index %.0f a record",
                bytes.size(), (double) bytes.size() / records, (double) size / records));
        compare("first", perMdt, 1);
        measure("daemon, all of it once more", records, () -> simulated("second", kind, perMdt));
        compare("second", perMdt, 2);
        simulated("file", "file", perMdt);
        sample();
        captures();
    }

    private interface Work {
        /** @return CPU seconds of the client */
        double run() throws Exception;
    }

    private void measure(String what, long records, Work work) throws Exception {
        double serverBefore = server.cpu().toNanos() / 1e9;
        long start = System.nanoTime();
        double cpu = work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double millions = records / 1e6;
        write(String.format(
                "%-30s %,10d records %,10.0f records/s %7.2f CPU-s per million, of the server %7.2f",
                what,
                records,
                records / seconds,
                cpu / millions,
                (server.cpu().toNanos() / 1e9 - serverBefore) / millions));
    }

    private double simulated(String name, String policy, long perMdt) throws Exception {
        return daemon(
                name, policy, List.of("--source=simulator:seed=1,rate=0,mdts=" + MDTS.size() + ",records=" + perMdt));
    }

    private double daemon(String name, String policies, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dcamellustre.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.camellustre.runtime.CamelLustre",
                "run",
                "--policies=" + policies,
                "--data=" + folder.resolve(name),
                "--set=" + kind + ".url=" + server.url(),
                "--set=" + kind + ".template=true"));
        command.addAll(arguments);
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        double cpu = 0;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            cpu = Math.max(
                    cpu,
                    process.info()
                            .totalCpuDuration()
                            .map(spent -> spent.toNanos() / 1e9)
                            .orElse(0.0));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "the daemon ended with " + process.exitValue() + ":\n" + Files.readString(log));
        }
        return cpu;
    }

    /** Each index from 1 to the last that was cleared is there, nothing else is, each so often. */
    private void compare(String name, long perMdt, int version) throws IOException, InterruptedException {
        Map<String, BitSet> found = new HashMap<>();
        server.forEach("lustre-*", false, (id, hit) -> {
            int slash = id.indexOf('/');
            BitSet indexes = found.computeIfAbsent(id.substring(0, slash), mdt -> new BitSet());
            int index = Integer.parseInt(id.substring(slash + 1));
            if (indexes.get(index) || hit.path("_version").asInt() != version) {
                throw new IllegalStateException(id + " is there twice, or not in version " + version + ": " + hit);
            }
            indexes.set(index);
        });
        for (String mdt : MDTS) {
            JsonNode log = SearchServer.json(
                    Files.readString(folder.resolve(name).resolve("simulator").resolve(mdt + ".json")));
            long cleared = log.path("marks").path("cl1").asLong();
            BitSet indexes = found.getOrDefault(mdt, new BitSet());
            if (cleared != perMdt
                    || indexes.cardinality() != perMdt
                    || indexes.length() != perMdt + 1
                    || indexes.get(0)) {
                throw new IllegalStateException(
                        mdt + ": cleared " + cleared + ", in the index " + indexes.cardinality());
            }
        }
        try (Stream<Path> letters = Files.walk(folder.resolve(name).resolve("dead"))) {
            if (found.size() != MDTS.size()
                    || letters.anyMatch(file -> file.toString().endsWith(".jsonl"))) {
                throw new IllegalStateException("MDTs " + found.keySet() + ", or dead letters in " + name);
            }
        }
        write("ids in the index are those cleared, each once: " + perMdt * MDTS.size());
    }

    /** Against what policy file wrote of the same records. */
    private void sample() throws IOException, InterruptedException {
        int compared = 0;
        for (String mdt : MDTS) {
            try (BufferedReader lines =
                    Files.newBufferedReader(folder.resolve("file/out").resolve(mdt + ".jsonl"))) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (number++ % SAMPLE == 0) {
                        JsonNode record = SearchServer.json(line);
                        String index = "lustre-"
                                + record.path("time").asText().substring(0, 10).replace('-', '.');
                        String path = "/" + index + "/_doc/"
                                + record.path("id").asText().replace("/", "%2F");
                        if (!server.call("GET", path, "").path("_source").equals(record)) {
                            throw new IllegalStateException("not as in the index: " + line);
                        }
                        compared++;
                    }
                }
            }
        }
        write("compared field by field: " + compared);
    }

    private void captures() throws Exception {
        List<String> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.resolve("captures"))) {
            for (Path file : files.filter(path -> path.toString().contains(".bin"))
                    .sorted()
                    .toList()) {
                inputs.add("--input=" + file + "=" + String.format("fs-MDT%04x", inputs.size()));
            }
        }
        inputs.add("--set=" + kind + ".index=captures");
        daemon("captures", kind + ",file", inputs);
        Map<String, JsonNode> documents = server.documents("captures-*");
        long written = 0;
        try (Stream<Path> files = Files.list(folder.resolve("captures/out"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode record = SearchServer.json(line);
                    if (!record.equals(documents.get(record.path("id").asText()))) {
                        throw new IllegalStateException("not as in the index: " + line);
                    }
                    written++;
                }
            }
        }
        if (written != documents.size() || written == 0) {
            throw new IllegalStateException(written + " records of captures, in the index " + documents.size());
        }
        write("all captures, each record field by field: " + written);
    }

    private long store() throws IOException, InterruptedException {
        server.call("POST", "/lustre-*/_refresh", "");
        server.call("POST", "/lustre-*/_forcemerge?max_num_segments=1", "");
        server.call("POST", "/lustre-*/_flush", "");
        return server.call("GET", "/lustre-*/_stats/store", "")
                .at("/_all/primaries/store/size_in_bytes")
                .asLong();
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}
