// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The packed daemon as users start it, in 256 MiB of heap, and what an operator sees of it. */
final class ObservedDaemon implements AutoCloseable {
    private static final Pattern STATUS = Pattern.compile("(\\S+-MDT[0-9a-f]{4}) .* cleared (\\d+) lag (\\d+).*");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path folder;

    private ObservedDaemon(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * @param home the project, after a build
     * @param folder of its data and logs
     * @param settings as {@code KEY=VALUE}
     */
    static ObservedDaemon start(Path home, Path folder, String policies, String source, List<String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dcamellustre.home=" + home,
                "-jar",
                home.resolve("runtime/target/camel-lustre.jar").toString(),
                "run",
                "--policies=" + policies,
                "--source=" + source,
                "--set=camellustre.status.interval=1s"));
        settings.forEach(setting -> command.add("--set=" + setting));
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("status").toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        return new ObservedDaemon(process, folder);
    }

    /** CPU seconds so far. */
    double cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** MiB that were resident at most. */
    long peak() throws IOException {
        Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
        return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : 0;
    }

    /** Lines of its log. */
    List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("log"));
    }

    /** The last status line of each MDT. */
    Map<String, String> status() throws IOException {
        Map<String, String> last = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            Matcher status = STATUS.matcher(line);
            if (status.matches()) {
                last.put(status.group(1), line);
            }
        }
        return last;
    }

    /** Records of the MDT with the most that are not cleared yet; many before there is a status. */
    long lag() throws IOException {
        return status().values().stream()
                .mapToLong(line -> number(line, 3))
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /** Up to where each MDT says that it is cleared, the least of them. */
    long clearedEverywhere() throws IOException {
        return status().values().stream()
                .mapToLong(line -> number(line, 2))
                .min()
                .orElse(0);
    }

    private static long number(String line, int group) {
        Matcher status = STATUS.matcher(line);
        return status.matches() ? Long.parseLong(status.group(group)) : 0;
    }

    /** What the simulated MDTs remember that was cleared. */
    Map<String, Long> cleared() throws IOException {
        Map<String, Long> cleared = new TreeMap<>();
        try (Stream<Path> logs = Files.list(folder.resolve("data/simulator"))) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".json")).toList()) {
                String mdt = log.getFileName().toString().replace(".json", "");
                cleared.put(
                        mdt,
                        JSON.readTree(log.toFile()).path("marks").path("cl1").asLong());
            }
        }
        return cleared;
    }

    /** The dead letters of a policy. */
    Tally dead(String policy) throws IOException {
        Tally dead = new Tally();
        Path letters = folder.resolve("data/dead").resolve(policy);
        if (Files.exists(letters)) {
            try (Stream<Path> files = Files.list(letters)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                    dead.addLines(file);
                }
            }
        }
        return dead;
    }

    /** Waits for what it says of itself. */
    void await(Callable<Boolean> condition, int seconds) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            boolean ended = process.waitFor(200, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
                throw new IllegalStateException((ended ? "it has ended: " : "not after " + seconds + " s: ") + status()
                        + "\n" + String.join("\n", log()));
            }
        }
    }

    /** What its health check of this name says, through JMX: state and message, or that it is not listed: Camel lists what is wrong. */
    @SuppressWarnings("BanJNDI") // it is our own process that answers
    String health(String check) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName health = beans.queryNames(new ObjectName("org.apache.camel:type=health,*"), null)
                    .iterator()
                    .next();
            TabularData details = (TabularData) beans.invoke(health, "details", null, null);
            for (Object row : details.values()) {
                CompositeData result = (CompositeData) row;
                if (check.equals(result.get("id"))) {
                    return result.get("state") + " " + result.get("message");
                }
            }
            return "UP, not listed";
        } finally {
            machine.detach();
        }
    }

    /** SIGTERM, and its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it still runs after " + PATIENCE);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
