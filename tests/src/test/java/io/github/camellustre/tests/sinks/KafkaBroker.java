// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import io.github.camellustre.tests.Signals;
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
 * A real Kafka broker in a process of its own, alone or one of several. It takes plain connections, passwords over TLS, and has a third listener
 * whose certificate has expired; among brokers passwords over TLS are spoken. Its class path is written by tests/servers/kafka.
 */
public final class KafkaBroker implements AutoCloseable {
    public static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path CLASS_PATH = Path.of("servers/kafka/target/classpath.txt");
    private static final String SETTINGS = "server.properties";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    /** Of clients, and of brokers among themselves. */
    private static final String USER = "lustre";

    private static final String USERS = "listener.name.password.plain.sasl.jaas.config";
    private static final String PASSWORD_KEYS = "listener.name.password.ssl.keystore.location";

    private final Path folder;
    private final KafkaBroker first;
    private final int id;
    private final Path trusted;
    private final Path keys;
    private final Path expiredKeys;
    private final int plain = freePort();
    private final int password = freePort();
    private final int expired = freePort();
    private final int brokers = freePort();
    private final int controller = freePort();
    private Process process;

    private KafkaBroker(Path folder, Certificates certificates) throws IOException, InterruptedException {
        this.folder = folder;
        this.first = this;
        this.id = 1;
        this.trusted = certificates.trustStore();
        this.keys = certificates.serverKeys(1);
        this.expiredKeys = certificates.serverKeys(5);
    }

    private KafkaBroker(Path folder, KafkaBroker first, int id) throws IOException {
        this.folder = folder;
        this.first = first;
        this.id = id;
        this.trusted = first.trusted;
        this.keys = first.keys;
        this.expiredKeys = first.expiredKeys;
    }

    /**
     * Starts one with data in an empty folder.
     *
     * @param settings more of them, as {@code KEY=VALUE}
     */
    public static KafkaBroker start(Path folder, Certificates certificates, String... settings) throws Exception {
        return start(new KafkaBroker(folder, certificates), List.of(settings));
    }

    /**
     * Starts another one, whose controller is in this one, with data in an empty folder; settings as with {@link #start}.
     *
     * @param id its number among them, from 2 on
     */
    public KafkaBroker startAnother(int id, Path folder, String... settings) throws Exception {
        return start(new KafkaBroker(folder, this, id), List.of(settings));
    }

    private static KafkaBroker start(KafkaBroker broker, List<String> settings) throws Exception {
        broker.configure(settings);
        broker.run("kafka.tools.StorageTool", "format", "-t", "AAAAAAAAAAAAAAAAAAAAAA", "-c", SETTINGS)
                .waitFor();
        broker.start();
        return broker;
    }

    private void configure(List<String> more) throws IOException {
        boolean alone = first == this;
        List<String> settings = new ArrayList<>(List.of(
                "process.roles=" + (alone ? "broker,controller" : "broker"),
                "node.id=" + id,
                "controller.quorum.voters=1@127.0.0.1:" + first.controller,
                "listeners=PLAINTEXT://127.0.0.1:" + plain + ",PASSWORD://localhost:" + password
                        + ",EXPIRED://localhost:" + expired + ",BROKERS://localhost:" + brokers
                        + (alone ? ",CONTROLLER://127.0.0.1:" + controller : ""),
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PASSWORD:SASL_SSL,EXPIRED:SSL,BROKERS:SASL_SSL",
                "ssl.keystore.type=PKCS12",
                "ssl.keystore.password=" + Certificates.PASSWORD,
                PASSWORD_KEYS + "=" + keys,
                "listener.name.expired.ssl.keystore.location=" + expiredKeys,
                // of its own: a broker does not start if it would refuse itself
                "inter.broker.listener.name=BROKERS",
                "listener.name.brokers.ssl.keystore.location=" + keys,
                "listener.name.brokers.plain.sasl.jaas.config=" + users(USER),
                "ssl.truststore.type=PKCS12",
                "ssl.truststore.location=" + trusted,
                "ssl.truststore.password=" + Certificates.PASSWORD,
                "sasl.enabled.mechanisms=PLAIN",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                USERS + "=" + users(USER),
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users=User:ANONYMOUS",
                "allow.everyone.if.no.acl.found=true",
                "log.dirs=" + folder.resolve("log"),
                "num.partitions=" + PARTITIONS,
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=1000"));
        settings.addAll(more);
        Files.write(folder.resolve(SETTINGS), settings);
    }

    /** The users there are from the next start on; the password of each is right. */
    public void setUsers(String... names) throws IOException {
        set(USERS, users(names));
    }

    private static String users(String... names) {
        StringBuilder users = new StringBuilder(jaas(USER, "right"));
        for (String name : names) {
            users.append(" user_").append(name).append("=\"right\"");
        }
        return users.append(';').toString();
    }

    /** Whether the certificate of the listener with passwords has expired, from the next start on. */
    public void setExpired(boolean is) throws IOException {
        set(PASSWORD_KEYS, (is ? expiredKeys : keys).toString());
    }

    private void set(String key, String value) throws IOException {
        Path file = folder.resolve(SETTINGS);
        List<String> settings = new ArrayList<>(Files.readAllLines(file));
        settings.replaceAll(line -> line.startsWith(key + "=") ? key + "=" + value : line);
        Files.write(file, settings);
    }

    /** Again with the same ports and data; waits until it takes connections. */
    public void start() throws IOException, InterruptedException {
        process = run("kafka.Kafka", SETTINGS);
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
        List<String> command = new ArrayList<>(processors());
        command.addAll(List.of(
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

    /**
     * Keeps it on the processors that the property names, behind whoever else wants them: so a measurement sees whether it or its client is the
     * limit.
     */
    private static List<String> processors() {
        String list = System.getProperty("server.processors");
        return list == null ? List.of() : List.of("nice", "-n", "19", "taskset", "-c", list);
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

    /** Settings of a daemon that comes with a password over TLS. */
    public List<String> login(String user, String password) {
        List<String> settings = overTls("SASL_SSL", this.password);
        settings.add("camel.component.kafka.saslMechanism=PLAIN");
        settings.add("camel.component.kafka.saslJaasConfig=" + jaas(user, password) + ";");
        return settings;
    }

    private static String jaas(String user, String password) {
        return LOGIN + " username=\"" + user + "\" password=\"" + password + "\"";
    }

    /** The same for a listener whose certificate has expired. */
    List<String> expired() {
        return overTls("SSL", expired);
    }

    private List<String> overTls(String protocol, int port) {
        return new ArrayList<>(List.of(
                "kafka.brokers=localhost:" + port,
                "camel.component.kafka.securityProtocol=" + protocol,
                "camel.component.kafka.sslTruststoreType=PKCS12",
                "camel.component.kafka.sslTruststoreLocation=" + trusted,
                "camel.component.kafka.sslTruststorePassword=" + Certificates.PASSWORD));
    }

    /** CPU time of the broker so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** It ends by itself when it cannot write. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, waited for. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: connections stay, nobody answers. */
    public void freeze() throws IOException, InterruptedException {
        Signals.stop(process.pid());
    }

    public void thaw() throws IOException, InterruptedException {
        Signals.go(process.pid());
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
