// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.runtime.CamelLustre;
import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.lcap.LcapPrograms;
import io.github.camellustre.tests.witness.ClearCheck;
import io.github.camellustre.tests.witness.ClearJournal;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One running daemon whose MDTs write records at a steady pace, one group of readers, and what tells right from wrong:
 * the readers' logs, and the witness of what was read and cleared.
 */
final class Stage implements AutoCloseable {
    static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long TURN_MILLIS = 20;
    /** Records a second and MDT. */
    private static final int RATE = 2_000;

    private static final String LOOPBACK = "127.0.0.1";

    interface Condition {
        boolean holds() throws IOException, InterruptedException, Violation;
    }

    private final Path home;
    private final Path folder;
    private final Fault fault;
    private final int port;
    private final ReaderLogs logs;
    private final Crew crew;
    private final Map<String, ClearCheck> clears = new LinkedHashMap<>();
    private final Verdict verdict;
    private final Network network;
    private DaemonProcess daemon;
    private final List<ReaderProcess> hired = new ArrayList<>();

    /**
     * @param home where the policy is
     * @param folder where all data and output go
     */
    Stage(Path home, Path folder, Fault fault) throws IOException {
        this.home = home;
        this.folder = folder;
        this.fault = fault;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        this.logs = new ReaderLogs(Files.createDirectories(folder.resolve("readers")));
        this.crew = new Crew(fault.forgiven());
        for (String mdt : MDTS) {
            clears.put(mdt, new ClearCheck(journal(), mdt));
        }
        this.verdict = new Verdict(fault.isOrdered());
        this.network = fault.needsNetwork() ? Network.lay() : null;
    }

    /** Starts the daemon and the crew. */
    void open() throws IOException {
        startDaemon();
        for (String mdt : MDTS) {
            for (int i = 0; i < fault.crew(); i++) {
                crew.add(hire(mdt, fault.crewOptions()));
            }
        }
        fault.prepare(this);
    }

    private Path journal() {
        return folder.resolve("data").resolve("journal");
    }

    private String address() {
        return (network == null ? LOOPBACK : network.server()) + ":" + port;
    }

    private String server() {
        return "tcp://" + address();
    }

    void startDaemon() {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--policies",
                "readers",
                "--source",
                "witness:mdts=" + MDTS.size() + ",rate=" + RATE + ",data=data/simulator,journal=data/journal",
                "--user",
                "cl1",
                "--set",
                "readers.address=" + address(),
                "--set",
                "camel.component.lustre.clearInterval=50ms"));
        fault.settings().forEach((name, value) -> arguments.addAll(List.of("--set", "readers." + name + "=" + value)));
        daemon = DaemonProcess.startIn(folder, home, arguments.toArray(String[]::new));
    }

    void killDaemon() throws InterruptedException {
        daemon.kill();
    }

    Network network() {
        return network;
    }

    /** A reader beside the crew; whoever hires it sees to its end. */
    ReaderProcess hire(String mdt, List<String> options) throws IOException {
        return start("reader.py", mdt, options, false);
    }

    /** A member of the crew that is {@code camel-lustre read}, behind the cable if there is one. */
    void hireOurs(String mdt) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CamelLustre.class.getName(),
                "read",
                "--server",
                server(),
                "--mdt",
                mdt,
                "--follow",
                "--lease",
                "1s",
                "--form",
                "json");
        crew.addWaiting(start(network == null ? command : network.behind(command), mdt, nextLog()));
    }

    /** A member of the crew that is an old client behind the cable. */
    void hireBehindCable(String mdt) throws IOException {
        crew.add(start("reader.py", mdt, fault.crewOptions(), true));
    }

    /** Many that come and go; one log for all. */
    ReaderProcess hireCrowd(int number, String mdt, List<String> options) throws IOException {
        List<String> all = new ArrayList<>(List.of(String.valueOf(number)));
        all.addAll(options);
        return start("crowd.py", mdt, all, false);
    }

    private ReaderProcess start(String program, String mdt, List<String> options, boolean behindCable)
            throws IOException {
        Path log = nextLog();
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--server", server(), "--mdt", mdt, "--log", log.toString()));
        List<String> command = LcapPrograms.command(program, arguments);
        return start(behindCable ? network.behind(command) : command, mdt, log);
    }

    private Path nextLog() {
        return logs.log(String.valueOf(hired.size() + 1));
    }

    private ReaderProcess start(List<String> command, String mdt, Path log) throws IOException {
        ReaderProcess reader = ReaderProcess.start(command, mdt, log);
        hired.add(reader);
        return reader;
    }

    /** Until it holds; the crew is looked after meanwhile, and the clears are judged. */
    void await(String what, Condition condition) throws IOException, InterruptedException, Violation {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (!daemon.isAlive()) {
                throw new Violation("the daemon is gone:\n" + daemon.out() + daemon.err());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Violation("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            crew.mind();
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
        }
    }

    /** Nobody is stuck, and nothing is: each of the crew has something new, and all that was read by now is cleared. */
    void awaitProgress() throws IOException, InterruptedException, Violation {
        List<Long> before = crew.logged();
        awaitClears();
        await("each reader that is given some has worked through another batch", () -> crew.idleSince(before) == null);
        judge();
    }

    /** Each of the crew works through another batch while this one is at work. */
    void awaitProgressBeforeEnd(ReaderProcess slow) throws IOException, InterruptedException, Violation {
        List<Long> before = crew.logged();
        slow.awaitEnd(0);
        ReaderProcess idle = crew.idleSince(before);
        if (idle != null) {
            throw new Violation("it got nothing while a slow one worked: " + idle);
        }
    }

    /** All that was read by now is cleared. */
    void awaitClears() throws IOException, InterruptedException, Violation {
        for (String mdt : MDTS) {
            await("a record of " + mdt + " is read", () -> newestRead(mdt) > 0);
            long read = newestRead(mdt);
            await(mdt + " is cleared up to " + read, () -> {
                clears.get(mdt).read();
                return clears.get(mdt).done() >= read;
            });
        }
    }

    private long newestRead(String mdt) throws IOException {
        return ClearJournal.newestRead(journal(), mdt);
    }

    /** What was cleared had been worked through; that is looked at in this order. */
    private void judge() throws IOException, Violation {
        for (ClearCheck check : clears.values()) {
            check.read();
        }
        verdict.add(logs.added());
        for (Map.Entry<String, ClearCheck> mdt : clears.entrySet()) {
            verdict.judge(mdt.getKey(), mdt.getValue().asked());
        }
    }

    /** Sends the readers home, and judges all. */
    void finish() throws IOException, InterruptedException, Violation {
        crew.leave();
        judge();
        verdict.judgeOrder();
    }

    Verdict verdict() {
        return verdict;
    }

    int restarts() {
        return crew.restarts();
    }

    long clears() {
        return clears.values().stream().mapToLong(ClearCheck::requests).sum();
    }

    @Override
    public void close() throws IOException {
        crew.kill();
        hired.forEach(ReaderProcess::kill);
        if (daemon != null) {
            daemon.close();
        }
        if (network != null) {
            network.close();
        }
    }
}
