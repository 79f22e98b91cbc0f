// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web service on a real socket that takes batches of JSON lines, and misbehaves as it is told. */
final class WebService implements AutoCloseable {
    static final int OK = 200;
    /** No answer. */
    static final int SILENT = -1;
    /** Closes the connection without an answer. */
    static final int HANGS_UP = -2;
    /** Keeps the records and closes the connection without an answer. */
    static final int HANGS_UP_BEHIND_THE_RECORDS = -3;

    /** Which status a request is answered with, or one of the above. */
    interface Plan {
        int answer(int request, List<String> lines);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Plan plan;
    private final List<String> kept = new ArrayList<>();
    private final List<String> contentTypes = new ArrayList<>();
    private int requests;

    private WebService(int port, Plan plan) throws IOException {
        this.plan = plan;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/changelog", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** @param port 0 for a free one */
    static WebService start(int port, Plan plan) {
        try {
            return new WebService(port, plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + port() + "/changelog";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Every line that it has taken, in order, repeats too. */
    synchronized List<String> lines() {
        return List.copyOf(kept);
    }

    synchronized List<String> contentTypes() {
        return List.copyOf(contentTypes);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = body.lines().toList();
        int answer = answer(exchange, lines);
        if (answer == SILENT) {
            awaitClose();
        } else if (answer > 0) {
            if (answer == 429 || answer == 503) {
                exchange.getResponseHeaders().set("Retry-After", "3600");
            }
            exchange.sendResponseHeaders(answer, -1);
        }
        exchange.close();
    }

    private synchronized int answer(HttpExchange exchange, List<String> lines) {
        contentTypes.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type"));
        int answer = plan.answer(++requests, lines);
        if (answer == OK || answer == HANGS_UP_BEHIND_THE_RECORDS) {
            kept.addAll(lines);
        }
        return answer;
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
