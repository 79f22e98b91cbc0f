// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.witness.ClearCheck;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Starts the real daemon again and again on one data folder, at full speed, ends it each time at another moment, and
 * judges from outside what it left: the files of the sinks, the positions, and what the MDTs were asked to clear.
 * Stops at the first broken promise and leaves the data.
 */
public final class KillRounds {
    static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");

    /** Far below the default, so that a bound that does not hold is seen. */
    private static final int MAX_IN_FLIGHT = 10_000;

    private static final int ROUNDS_A_LINE = 10;

    private final KillPlan plan;
    private final Path home;
    private final Path folder;
    private final Path data;
    private final Random random;
    private final List<ClearCheck> clears = new ArrayList<>();
    private final List<Judge> judges = new ArrayList<>();
    private int kills;
    private int cleanStops;
    private long delivered;

    /**
     * @param home where the policies are
     * @param folder where all data and output go
     */
    KillRounds(KillPlan plan, Path home, Path folder, long seed) {
        this.plan = plan;
        this.home = home;
        this.folder = folder;
        this.data = folder.resolve("data");
        this.random = new Random(seed);
        for (String mdt : MDTS) {
            ClearCheck check = new ClearCheck(data.resolve("journal"), mdt);
            clears.add(check);
            plan.sinks().forEach((sink, forms) -> judges.add(new Judge(data, mdt, sink, forms, MAX_IN_FLIGHT, check)));
        }
    }

    /** Arguments: rounds, folder, plan, seed (optional). */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1])).toRealPath();
        KillPlan plan = KillPlan.valueOf(arguments[2]);
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : System.nanoTime();
        write(plan + ", seed " + seed + ", data in " + folder);
        try {
            new KillRounds(plan, Path.of("kill").toRealPath(), folder, seed).run(rounds, KillRounds::write);
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

    /** The last round is a clean stop. */
    void run(int rounds, Consumer<String> table) throws IOException, InterruptedException, Violation {
        table.accept(String.format(
                "%6s %6s %6s %12s %8s %22s",
                "round", "kills", "clean", "delivered", "clears", "most repeats of a kill"));
        List<KillMoment> moments = plan(rounds);
        for (int round = 1; round <= rounds; round++) {
            KillMoment moment = moments.get(round - 1);
            try {
                round(moment);
            } catch (Violation e) {
                throw new Violation("round " + round + " (" + moment + "): " + e.getMessage());
            }
            if (round % ROUNDS_A_LINE == 0 || round == rounds) {
                table.accept(String.format(
                        "%6d %6d %6d %12d %8d %22d",
                        round,
                        kills,
                        cleanStops,
                        delivered,
                        clears.stream().mapToLong(ClearCheck::requests).sum(),
                        judges.stream().mapToLong(Judge::mostRepeats).max().orElse(0)));
            }
        }
    }

    /** All moments equally often, in no order. */
    private List<KillMoment> plan(int rounds) {
        List<KillMoment> moments = new ArrayList<>();
        while (moments.size() < rounds - 1) {
            moments.addAll(EnumSet.allOf(KillMoment.class));
        }
        moments.subList(rounds - 1, moments.size()).clear();
        Collections.shuffle(moments, random);
        moments.add(KillMoment.CLEAN);
        return moments;
    }

    private void round(KillMoment moment) throws IOException, InterruptedException, Violation {
        boolean stoppedCleanly;
        try (DaemonProcess daemon = start()) {
            moment.end(daemon, plan, data, random);
            // Told to stop, it may be done before the kill comes.
            stoppedCleanly = daemon.out().contains("Stopped; nothing was in flight.");
            if (moment == KillMoment.CLEAN && !(stoppedCleanly && daemon.exitCode() == 0)) {
                throw new Violation("told to stop, it left something:\n" + daemon.out() + daemon.err());
            }
        }
        if (stoppedCleanly) {
            cleanStops++;
        } else {
            kills++;
        }
        for (ClearCheck check : clears) {
            check.read();
        }
        for (Judge judge : judges) {
            judge.judge(stoppedCleanly);
            delivered += judge.delivered();
        }
    }

    private DaemonProcess start() {
        return DaemonProcess.startIn(
                folder,
                home,
                "run",
                "--policies",
                plan.toString(),
                "--source",
                "witness:mdts=2,rate=0,seed=7,data=data/simulator,journal=data/journal",
                "--user",
                "cl1",
                "--set",
                "kill.maxFileSize=8M",
                "--set",
                "camel.component.lustre.clearInterval=20ms",
                "--set",
                "camel.component.lustre.maxInFlight=" + MAX_IN_FLIGHT);
    }
}
