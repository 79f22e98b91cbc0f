// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The whole daemon as users start it: two simulated MDTs at full speed through a policy to files on this disk, in 512 MiB
 * of heap. Start of the JVM included. Argument: records for each MDT.
 */
public final class DaemonBench {
    private static final int MDTS = 2;

    private DaemonBench() {}

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        for (String policy : List.of("file", "text")) {
            run(policy, records);
        }
    }

    private static void run(String policy, long records) throws Exception {
        Path data = Files.createTempDirectory("bench-daemon");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dcamellustre.home="
                        + Path.of(System.getProperty("camellustre.home", ".")).toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.camellustre.runtime.CamelLustre",
                "run",
                "--policies=" + policy,
                "--source=simulator:mdts=" + MDTS + ",rate=0,records=" + records,
                "--user=cl1",
                "--data=" + data));
        long start = System.nanoTime();
        Process daemon = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(data.toFile(), "daemon.log"))
                .start();
        double cpu = 0;
        long peak = 0;
        while (!daemon.waitFor(10, TimeUnit.MILLISECONDS)) {
            cpu = Math.max(cpu, cpuSeconds(daemon));
            peak = Math.max(peak, peakResidentMiB(daemon.pid()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (daemon.exitValue() != 0) {
            throw new IllegalStateException("the daemon ended with " + daemon.exitValue() + ":\n"
                    + Files.readString(data.resolve("daemon.log")));
        }
        write(new Measure("daemon, policy " + policy, records * MDTS, seconds, cpu) + ", peak resident size " + peak
                + " MiB");
    }

    private static double cpuSeconds(Process process) {
        return process.info()
                .totalCpuDuration()
                .map(spent -> spent.toNanos() / 1e9)
                .orElse(0.0);
    }

    private static long peakResidentMiB(long pid) {
        try {
            return Measure.peakResidentMiB(Path.of("/proc", String.valueOf(pid), "status"));
        } catch (IOException e) {
            return 0;
        }
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}
