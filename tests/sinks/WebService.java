// SPDX-License-Identifier: Apache-2.0
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** {@code serve PORT-FILE FILE} keeps all that is POSTed in FILE; {@code send URL FILE LINES} POSTs a file, so many lines at a time. */
class WebService {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            serve(Path.of(arguments[1]), Path.of(arguments[2]));
        } else {
            send(URI.create(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
        }
    }

    private static void serve(Path port, Path kept) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream raw = exchange.getRequestBody();
            byte[] body = (gzip ? new GZIPInputStream(raw) : raw).readAllBytes();
            synchronized (server) {
                Files.write(kept, body, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Files.writeString(port, String.valueOf(server.getAddress().getPort()));
    }

    private static void send(URI url, Path file, int lines) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            StringBuilder body = new StringBuilder();
            int count = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                body.append(line).append('\n');
                if (++count % lines == 0) {
                    post(client, url, body.toString());
                    body.setLength(0);
                }
            }
            if (body.length() > 0) {
                post(client, url, body.toString());
            }
        }
    }

    private static void post(HttpClient client, URI url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IllegalStateException("the service answers " + status);
        }
    }
}
