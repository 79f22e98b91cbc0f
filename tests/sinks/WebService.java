// SPDX-License-Identifier: Apache-2.0
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * {@code serve PORT-FILE FILE [PORT]} keeps all that is POSTed in FILE, on a free port if none is given; {@code send URL LINES FILE...}
 * POSTs files again and again, so many lines at a time.
 */
class WebService {
    private static final int NO_CONTENT = 204;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final int STEP = 1 << 16;

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            int port = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
            serve(Path.of(arguments[1]), Path.of(arguments[2]), port);
        } else {
            List<String> files = List.of(arguments).subList(3, arguments.length);
            send(URI.create(arguments[1]), Integer.parseInt(arguments[2]), files);
        }
    }

    private static void serve(Path portFile, Path kept, int port) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream raw = exchange.getRequestBody();
            byte[] body = (gzip ? new GZIPInputStream(raw) : raw).readAllBytes();
            exchange.sendResponseHeaders(keep(kept, body) ? NO_CONTENT : INSUFFICIENT_STORAGE, -1);
            exchange.close();
        });
        server.start();
        Files.writeString(portFile, String.valueOf(server.getAddress().getPort()));
    }

    /** All of it or nothing: what does not fit on the disk leaves no part. */
    private static synchronized boolean keep(Path kept, byte[] body) throws IOException {
        try (FileChannel file = FileChannel.open(kept, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long before = file.size();
            try {
                for (ByteBuffer rest = ByteBuffer.wrap(body); rest.hasRemaining(); ) {
                    file.write(rest);
                }
                return true;
            } catch (IOException full) {
                file.truncate(before);
                return false;
            }
        }
    }

    /** The files at the same time, each one request after the other, as the daemon does with its MDTs, until one fails. */
    private static void send(URI url, int lines, List<String> files) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(files.size());
        CompletionService<Void> ended = new ExecutorCompletionService<>(senders);
        try {
            files.forEach(file -> ended.submit(() -> sendAgain(url, lines, Path.of(file))));
            ended.take().get();
        } finally {
            senders.shutdownNow();
        }
    }

    private static Void sendAgain(URI url, int lines, Path file) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        while (true) {
            send(client, url, lines, file);
        }
    }

    private static void send(HttpClient client, URI url, int lines, Path file) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] step = new byte[STEP];
        int count = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(step); read > 0; read = in.read(step)) {
                int begin = 0;
                for (int i = 0; i < read; i++) {
                    if (step[i] == '\n' && ++count % lines == 0) {
                        body.write(step, begin, i + 1 - begin);
                        begin = i + 1;
                        post(client, url, body);
                    }
                }
                body.write(step, begin, read - begin);
            }
        }
        if (body.size() > 0) {
            post(client, url, body);
        }
    }

    private static void post(HttpClient client, URI url, ByteArrayOutputStream body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != NO_CONTENT) {
            throw new IllegalStateException("the service answers " + status);
        }
        body.reset();
    }
}
