// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A web service on a real socket that takes batches of JSON lines, and misbehaves as it is told. */
final class WebService implements AutoCloseable {
    static final int OK = 200;
    /** No answer. */
    static final int SILENT = -1;
    /** Closes the connection without an answer. */
    static final int HANGS_UP = -2;
    /** Keeps the records and closes the connection without an answer. */
    static final int HANGS_UP_BEHIND_THE_RECORDS = -3;
    /** 200, but not before {@link #release}. */
    static final int SLOW = -4;

    /** What a request is answered with. */
    interface Plan {
        /** @return a status, or one of the above */
        int answer(int request, List<String> lines);

        /** Goes with the statuses 429 and 503. */
        default String retryAfter(int status) {
            return "3600";
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Plan plan;
    private final List<String> kept = new ArrayList<>();
    private final List<String> contentTypes = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
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

    /** Header of each request; a dash for none. */
    synchronized List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void serve(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream content = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
        String body = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = body.lines().toList();
        int answer = answer(exchange, lines);
        if (answer == SILENT) {
            await(closed);
        } else if (answer == SLOW) {
            await(released);
            answer(exchange, OK);
        } else if (answer > 0) {
            answer(exchange, answer);
        }
        exchange.close();
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        if (status == 429 || status == 503) {
            exchange.getResponseHeaders().set("Retry-After", plan.retryAfter(status));
        }
        byte[] text = (status == OK ? "" : "no such luck").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
    }

    private synchronized int answer(HttpExchange exchange, List<String> lines) {
        contentTypes.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type")
                        + (exchange.getRequestHeaders().containsKey("Content-Encoding") ? " gzip" : ""));
        authorizations.add(exchange.getRequestHeaders()
                .getOrDefault("Authorization", List.of("-"))
                .get(0));
        int answer = plan.answer(++requests, lines);
        if (answer == OK || answer == SLOW || answer == HANGS_UP_BEHIND_THE_RECORDS) {
            kept.addAll(lines);
        }
        return answer;
    }

    /** Lets it answer what it has put off. */
    void release() {
        released.countDown();
    }

    /** The id of a record, from its line. */
    static String id(String line) {
        assertThat(line).startsWith("{\"id\":\"").endsWith("}");
        return line.substring(7, line.indexOf('"', 7));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
