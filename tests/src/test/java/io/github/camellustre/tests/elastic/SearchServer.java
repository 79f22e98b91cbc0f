// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.tests.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A real Elasticsearch or OpenSearch: a process of its own with an empty folder, on a free port of the loopback interface. */
public final class SearchServer implements AutoCloseable {
    public static final String ELASTICSEARCH = "elasticsearch";
    public static final String OPENSEARCH = "opensearch";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PAGE = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home;
    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Process process;

    private SearchServer(Path home, Path folder, int port, List<String> settings) {
        this.home = home;
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    /**
     * Starts one and waits until it works.
     *
     * @param servers the folder {@code tests/servers}, after a build
     * @param kind one of the above
     */
    static SearchServer start(Path servers, String kind, Path folder) throws IOException, InterruptedException {
        SearchServer server = at(servers, kind, folder);
        server.start();
        return server;
    }

    /**
     * One that is not there before {@link #start()}.
     *
     * @param settings of its own, as {@code KEY=VALUE}
     */
    public static SearchServer at(Path servers, String kind, Path folder, String... settings) throws IOException {
        SearchServer server =
                new SearchServer(servers.resolve(kind), folder.resolve(kind), freePort(), List.of(settings));
        Files.createDirectories(server.folder);
        return server;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** For the first time, or again on the same port and data. */
    public void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=" + System.getProperty("server.tier", "1"),
                "-cp",
                Files.readString(home.resolve("target/classpath.txt")).strip(),
                home.resolve("Server.java").toString(),
                folder.toString(),
                Integer.toString(port)));
        command.addAll(settings);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isUp()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IllegalStateException(home + " does not start:\n" + Files.readString(log()));
            }
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            return call("GET", "/_cluster/health?wait_for_status=yellow", "").isObject();
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    /** CPU time of the server so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void freeze() throws IOException, InterruptedException {
        Signals.stop(pid());
    }

    public void thaw() throws IOException, InterruptedException {
        Signals.go(pid());
    }

    /** A request that must succeed. */
    public JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    long count(String indexes) throws IOException, InterruptedException {
        call("POST", "/" + indexes + "/_refresh", "");
        return call("GET", "/" + indexes + "/_count", "").path("count").asLong();
    }

    /** The documents by their ids. */
    Map<String, JsonNode> documents(String indexes) throws IOException, InterruptedException {
        Map<String, JsonNode> documents = new HashMap<>();
        forEach(indexes, true, (id, hit) -> {
            if (documents.put(id, hit.path("_source")) != null) {
                throw new IllegalStateException(id + " is there twice");
            }
        });
        return documents;
    }

    /** Every hit with the id of its document. */
    public void forEach(String indexes, boolean source, BiConsumer<String, JsonNode> visitor)
            throws IOException, InterruptedException {
        call("POST", "/" + indexes + "/_refresh", "");
        String query = String.format("{\"size\":%d,\"version\":true,\"_source\":%b,\"sort\":[\"_doc\"]}", PAGE, source);
        JsonNode page = call("POST", "/" + indexes + "/_search?scroll=5m", query);
        while (!page.path("hits").path("hits").isEmpty()) {
            page.path("hits")
                    .path("hits")
                    .forEach(hit -> visitor.accept(hit.path("_id").asText(), hit));
            String scroll = page.path("_scroll_id").asText();
            page = call("POST", "/_search/scroll", "{\"scroll\":\"5m\",\"scroll_id\":\"" + scroll + "\"}");
        }
        call(
                "DELETE",
                "/_search/scroll",
                "{\"scroll_id\":[\"" + page.path("_scroll_id").asText() + "\"]}");
    }

    List<String> names() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        call("GET", "/_all", "").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
