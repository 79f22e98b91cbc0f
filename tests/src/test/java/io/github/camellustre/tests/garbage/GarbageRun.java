// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A daemon with each kind of endpoint, honest peers at all of them, and garbage at all of them, too. Judges whether the honest
 * peers were served as if they were alone, and whether the daemon is afterwards what it was before.
 */
public final class GarbageRun {
    /** Sockets of the policy, in {@code garbage/routes}. */
    private static final List<String> SOCKETS =
            List.of("lcap", "pull", "sub", "rep", "router", "pub", "push", "dealer", "server");

    private static final List<String> HONEST_MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");

    /** How long anything may take that an honest peer waits for. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** How long what garbage left behind may take to go: sessions, handshakes that were never finished. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** Exit codes of a daemon that was told to stop. */
    private static final int DONE = 0;

    private static final int LEFT_SOMETHING = 3;

    /** Records per second and MDT. */
    private static final int RATE = 500;

    private final Path home;
    private final Path folder;
    private final long seed;
    private final Consumer<String> report;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<HonestReader> readers = new ArrayList<>();

    /**
     * @param home where the policy is
     * @param folder where all data and output go
     */
    GarbageRun(Path home, Path folder, long seed, Consumer<String> report) {
        this.home = home;
        this.folder = folder;
        this.seed = seed;
        this.report = report;
    }

    /** Arguments: folder, seconds, seed. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toRealPath();
        long seed = Long.parseLong(arguments[2]);
        write("seed " + seed + ", data in " + folder);
        try {
            new GarbageRun(Path.of("garbage").toRealPath(), folder, seed, GarbageRun::write)
                    .run(Duration.ofSeconds(Long.parseLong(arguments[1])));
            write("Every promise held.");
        } catch (Violation e) {
            write("BROKEN: " + e.getMessage());
            System.exit(1);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }

    void run(Duration time) throws Exception {
        freeAddresses();
        try (DaemonProcess daemon = daemon();
                Program honest = Program.start(folder, "honest", "garbage/honest.py", honestArguments())) {
            long start = System.nanoTime();
            startReaders();
            mustRun(daemon);
            await().atMost(BOUND).until(() -> honest.isDone() || honest.output().equals("served"));
            honest.mustRun();
            for (HonestReader reader : readers) {
                await().atMost(BOUND).until(() -> reader.received().prefix() > RATE);
            }
            // Peers of each kind, and garbage of each kind once: what is loaded and made but once is there.
            garbage(Duration.ofSeconds(Math.max(5, time.toSeconds() / 60)), seed - 1, daemon, honest);
            Footprint before = settled(daemon.pid());
            report.accept("before: " + before);
            garbage(time, seed, daemon, honest);
            Footprint after = settledBackTo(before, daemon.pid());
            report.accept("after: " + after);
            complete();
            honest.endInput();
            honest.mustEndWell();
            report.accept(honest.output().lines().reduce("", (first, last) -> last));
            for (HonestReader reader : readers) {
                reader.end();
            }
            new DaemonLog(daemon.err().lines().toList()).judge(Duration.ofNanos(System.nanoTime() - start));
            stop(daemon);
        } finally {
            readers.forEach(HonestReader::close);
        }
    }

    /** What is in flight at that moment comes again, and says so in the exit code. */
    private static void stop(DaemonProcess daemon) throws InterruptedException, Violation {
        daemon.terminate();
        int exit = daemon.exitCode();
        if (exit != DONE && exit != LEFT_SOMETHING) {
            throw new Violation("told to stop, the daemon ended with " + exit + ": " + daemon.err());
        }
    }

    private void freeAddresses() throws IOException {
        List<ServerSocket> free = new ArrayList<>();
        for (String name : SOCKETS) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            free.add(socket);
            addresses.put(name, "127.0.0.1:" + socket.getLocalPort());
        }
        for (ServerSocket socket : free) {
            socket.close();
        }
    }

    private DaemonProcess daemon() {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--policies", "garbage", "--source", "simulator:mdts=5,rate=" + RATE, "--user", "cl1"));
        addresses.forEach((name, address) -> {
            arguments.add("--set");
            arguments.add("garbage." + name + "=" + (name.equals("lcap") ? address : "tcp://" + address));
        });
        return DaemonProcess.startIn(folder, home, arguments.toArray(String[]::new));
    }

    private List<String> honestArguments() {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(BOUND.toSeconds())));
        addresses.forEach((name, address) -> arguments.add(name + "=tcp://" + address));
        return arguments;
    }

    private void startReaders() throws Exception {
        String server = "tcp://" + addresses.get("lcap");
        for (String mdt : HONEST_MDTS) {
            readers.add(OldReader.start(folder, server, "honest-old", mdt));
            readers.add(OurReader.start(server, "honest-ours", mdt));
        }
    }

    /** Lets garbage come for so long, and watches the honest peers all the time. */
    private void garbage(Duration time, long from, DaemonProcess daemon, Program honest) throws Exception {
        Random seeds = new Random(from);
        List<Program> programs = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                programs.add(start("raw", i, time, seeds, ports()));
                programs.add(start("requests", i, time, seeds, List.of("tcp://" + addresses.get("lcap"))));
            }
            programs.add(start("messages", 0, time, seeds, messageAddresses()));
            Watch watch = new Watch(readers, BOUND);
            while (programs.stream().anyMatch(program -> !program.isDone())) {
                mustRun(daemon);
                honest.mustRun();
                watch.look();
                Thread.sleep(200);
            }
            for (Program program : programs) {
                program.mustEndWell();
                report.accept(program.output());
            }
            report.accept(watch.toString());
        } finally {
            programs.forEach(Program::close);
        }
    }

    private static void mustRun(DaemonProcess daemon) throws InterruptedException, Violation {
        if (!daemon.isAlive()) {
            throw new Violation("the daemon has ended with " + daemon.exitCode() + ": " + daemon.err());
        }
    }

    private Program start(String name, int number, Duration time, Random seeds, List<String> where) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(String.valueOf(time.toSeconds()), String.valueOf(seeds.nextInt(Integer.MAX_VALUE))));
        arguments.addAll(where);
        return Program.start(folder, name + "-" + number, "garbage/" + name + ".py", arguments);
    }

    /** All that the daemon listens at. */
    private List<String> ports() {
        return addresses.entrySet().stream()
                .filter(address -> !address.getKey().equals("server"))
                .map(address -> address.getValue().substring(address.getValue().indexOf(':') + 1))
                .toList();
    }

    private List<String> messageAddresses() {
        return addresses.entrySet().stream()
                .filter(address -> !address.getKey().equals("lcap"))
                .map(address -> address.getKey() + "=tcp://" + address.getValue())
                .toList();
    }

    /** When it is no longer falling. */
    private static Footprint settled(long process) throws IOException, InterruptedException {
        Footprint last = Footprint.of(process);
        for (int same = 0; same < 3; ) {
            Thread.sleep(1_000);
            Footprint now = Footprint.of(process);
            same = now.isBelow(last) ? 0 : same + 1;
            last = now.least(last);
        }
        return last;
    }

    private static Footprint settledBackTo(Footprint before, long process)
            throws IOException, InterruptedException, Violation {
        long end = System.nanoTime() + RECOVERY.toNanos();
        Footprint now = Footprint.of(process);
        while (!now.isBackTo(before)) {
            if (System.nanoTime() > end) {
                throw new Violation(RECOVERY + " after the garbage: " + now + "; before it: " + before);
            }
            Thread.sleep(1_000);
            now = Footprint.of(process);
        }
        return now;
    }

    /** Both groups have everything from the first record to the newest that any of them had when this was asked. */
    private void complete() throws IOException, Violation {
        long newest = 0;
        for (HonestReader reader : readers) {
            newest = Math.max(newest, reader.received().newest());
        }
        long all = newest;
        for (HonestReader reader : readers) {
            await().atMost(BOUND).until(() -> reader.received().prefix() >= all);
            report.accept(reader.name() + ": every record from 1 to "
                    + reader.received().prefix());
        }
    }
}
