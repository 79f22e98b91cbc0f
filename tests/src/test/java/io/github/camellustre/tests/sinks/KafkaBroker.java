// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import io.github.camellustre.tests.elastic.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Kafka broker, alone and in a process of its own. It takes plain connections, passwords over TLS, and has a third listener
 * whose certificate has expired. Its class path is written by tests/servers/kafka.
 */
public final class KafkaBroker implements AutoCloseable {
    public static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path CLASS_PATH = Path.of("servers/kafka/target/classpath.txt");

    private final Path folder;
    private final int plain = freePort();
    private final int password = freePort();
    private final int expired = freePort();
    private final int controller = freePort();
    private Process process;

    private KafkaBroker(Path folder) throws IOException {
        this.folder = folder;
    }

    /** Starts one with data in an empty folder. */
    public static KafkaBroker start(Path folder, Certificates certificates) throws Exception {
        KafkaBroker broker = new KafkaBroker(folder);
        broker.configure(certificates);
        broker.run("kafka.tools.StorageTool", "format", "-t", "AAAAAAAAAAAAAAAAAAAAAA", "-c", "server.properties")
                .waitFor();
        broker.start();
        return broker;
    }

    private void configure(Certificates certificates) throws IOException, InterruptedException {
        Files.write(
                folder.resolve("server.properties"),
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + controller,
                        "listeners=PLAINTEXT://127.0.0.1:" + plain + ",PASSWORD://localhost:" + password
                                + ",EXPIRED://localhost:" + expired + ",CONTROLLER://127.0.0.1:" + controller,
                        "controller.listener.names=CONTROLLER",
                        "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PASSWORD:SASL_SSL,EXPIRED:SSL",
                        "ssl.keystore.type=PKCS12",
                        "ssl.keystore.password=" + Certificates.PASSWORD,
                        "listener.name.password.ssl.keystore.location=" + certificates.serverKeys(1),
                        "listener.name.expired.ssl.keystore.location=" + certificates.serverKeys(5),
                        "sasl.enabled.mechanisms=PLAIN",
                        "listener.name.password.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule"
                                + " required user_lustre=\"right\";",
                        "log.dirs=" + folder.resolve("log"),
                        "num.partitions=" + PARTITIONS,
                        "offsets.topic.replication.factor=1",
                        "offsets.topic.num.partitions=1",
                        "group.initial.rebalance.delay.ms=0",
                        "group.min.session.timeout.ms=1000"));
    }

    /** With the password right, from the next start on. */
    void addUser(String name) throws IOException {
        Path settings = folder.resolve("server.properties");
        Files.writeString(
                settings, Files.readString(settings).replace("user_lustre", "user_" + name + "=\"right\" user_lustre"));
    }

    /** Again with the same ports and data; waits until it takes connections. */
    void start() throws IOException, InterruptedException {
        process = run("kafka.Kafka", "server.properties");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!takesConnections()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the broker does not start:\n" + Files.readString(folder.resolve("broker.log")));
            }
        }
    }

    private Process run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=" + System.getProperty("server.tier", "1"),
                "-Xmx384m",
                "-cp",
                Files.readString(CLASS_PATH).strip(),
                program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), plain), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Address for plain connections. */
    public String plain() {
        return "127.0.0.1:" + plain;
    }

    /** For TLS and SASL, mechanism PLAIN, user lustre, password right. */
    String password() {
        return "localhost:" + password;
    }

    /** For TLS with a certificate that has expired. */
    String expired() {
        return "localhost:" + expired;
    }

    /** CPU time of the broker so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** SIGKILL, waited for. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: connections stay, nobody answers. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
