// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A proxy on a real socket before a server, as many clusters have one: it ends TLS, asks for passwords, and misbehaves as it is told. */
public final class Gateway implements AutoCloseable {
    /** The request goes to the server, its answer comes back. */
    public static final int PASS = 0;
    /** Closes the connection without an answer. */
    static final int HANGS_UP = -1;
    /** Hands the request on and closes the connection without an answer. */
    static final int HANGS_UP_BEHIND_THE_REQUEST = -2;
    /** Answers that the last document was not taken because the server is busy. */
    static final int LAST_ITEM_BUSY = -3;

    private static final int NO_BODY = -1;

    /** What to do with a request. */
    public interface Plan {
        /** @return one of the above, or the status to answer with */
        int answer(int number, Request request);
    }

    public record Request(String method, String path, String authorization, String body) {
        int documents() {
            return (int) body.lines().count() / 2;
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Integer> documents = new ArrayList<>();
    private final HttpServer server;
    private final String target;
    private volatile Plan plan;

    private Gateway(HttpServer server, String target, Plan plan) {
        this.server = server;
        this.target = target;
        this.plan = plan;
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public static Gateway start(int port, String target, Plan plan) {
        try {
            return new Gateway(HttpServer.create(address(port), 0), target, plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Gateway startTls(int port, String target, SSLContext tls, Plan plan) {
        try {
            HttpsServer server = HttpsServer.create(address(port), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new Gateway(server, target, plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** From now on. */
    public void plan(Plan next) {
        plan = next;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Of each request so far: how many were in it. */
    synchronized List<Integer> documents() {
        return List.copyOf(documents);
    }

    private synchronized int add(Request request) {
        documents.add(request.documents());
        return documents.size();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int answer = plan.answer(add(request), request);
        if (answer == PASS) {
            HttpResponse<byte[]> response = forward(request);
            answer(exchange, response.statusCode(), response.body());
        } else if (answer == HANGS_UP_BEHIND_THE_REQUEST) {
            forward(request);
        } else if (answer == LAST_ITEM_BUSY) {
            answer(exchange, 200, lastItemBusy(request.documents()).getBytes(StandardCharsets.UTF_8));
        } else if (answer > 0) {
            answer(exchange, answer, "<html>no</html>".getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Retry-After", "3600");
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpResponse<byte[]> forward(Request request) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(target + request.path()))
                            .header("Content-Type", "application/x-ndjson")
                            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String lastItemBusy(int documents) {
        return "{\"errors\":true,\"items\":["
                + "{\"index\":{\"status\":201}},".repeat(documents - 1)
                + "{\"index\":{\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"queue is full\"}}}]}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
