// SPDX-License-Identifier: Apache-2.0
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
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
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * {@code serve PORT-FILE FILE [PORT]} keeps all that is POSTed in FILE, on a free port if none is given; {@code send URL FILE LINES}
 * POSTs a file, so many lines at a time.
 */
class WebService {
    private static final int NO_CONTENT = 204;
    private static final int INSUFFICIENT_STORAGE = 507;

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            int port = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
            serve(Path.of(arguments[1]), Path.of(arguments[2]), port);
        } else {
            send(URI.create(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
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
        if (status != NO_CONTENT) {
            throw new IllegalStateException("the service answers " + status);
        }
    }
}
