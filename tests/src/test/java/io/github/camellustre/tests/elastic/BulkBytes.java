// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import com.sun.management.OperatingSystemMXBean;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.component.lustre.format.BulkJson;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The requests that the daemon makes of a simulation, on disk, and the least that a client must do to send them. */
final class BulkBytes {
    /** As policy elasticsearch has it: whole reads as long as they fit. */
    private static final int BATCH = 5_000;

    private static final int READ = 1_024;

    private final Path folder;
    private final List<String> mdts;

    BulkBytes(Path folder, List<String> mdts, long perMdt) throws IOException, SourceException {
        this.folder = folder;
        this.mdts = mdts;
        Map<String, String> options = Map.of(
                "seed", "1", "rate", "0", "mdts", Integer.toString(mdts.size()), "records", Long.toString(perMdt));
        try (ChangelogSource source = new SourceSpec("simulator", options).create()) {
            for (String mdt : mdts) {
                Files.createDirectories(folder.resolve(mdt));
                write(source, mdt, perMdt);
            }
        }
    }

    private void write(ChangelogSource source, String mdt, long records) throws IOException, SourceException {
        RecordBuffer buffer = new RecordBuffer();
        int requests = 0;
        long done = 0;
        try (ChangelogStream stream = source.open(mdt, 1)) {
            while (done < records) {
                buffer.reset();
                int count = 0;
                while (done < records && count + READ <= BATCH) {
                    RecordBlock block = stream.read(READ, Integer.MAX_VALUE);
                    BulkJson.writeByDay("lustre", ChangelogBatch.of(block, 0, block.count()), 0, block.count(), buffer);
                    count += block.count();
                    done += block.count();
                }
                Files.write(folder.resolve(mdt).resolve(String.format("%06d", requests++)), buffer.toByteArray());
            }
        }
    }

    long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** One request at a time for each MDT, as the daemon. Returns the CPU seconds of this process. */
    double send(String url) throws Exception {
        long before = cpu();
        ExecutorService senders = Executors.newFixedThreadPool(mdts.size());
        try {
            List<Callable<Void>> tasks = mdts.stream()
                    .<Callable<Void>>map(mdt -> () -> send(url, mdt))
                    .toList();
            for (Future<Void> done : senders.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            senders.shutdown();
        }
        return (cpu() - before) / 1e9;
    }

    private Void send(String url, String mdt) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (Stream<Path> requests = Files.list(folder.resolve(mdt)).sorted()) {
            for (Path request : requests.toList()) {
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(
                                        URI.create(url + "/_bulk?filter_path=errors,items.*.status,items.*.error"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofFile(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                if (answer.statusCode() != 200 || !text.startsWith("{\"errors\":false")) {
                    throw new IOException(request + " was answered with " + answer.statusCode() + " " + text);
                }
            }
        }
        return null;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
