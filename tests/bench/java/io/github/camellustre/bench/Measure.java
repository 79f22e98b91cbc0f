// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Wall time and CPU time of the whole process (collector and compiler included) for a number of records. */
record Measure(String name, long records, double seconds, double cpuSeconds) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Work that ends when its records are through. */
    interface Work {
        void run() throws Exception;
    }

    static Measure of(String name, long records, Work work) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        return new Measure(name, records, (System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
    }

    double recordsPerSecond() {
        return records / seconds;
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds * 1e6 / records;
    }

    /** Largest resident size of a process so far, in MiB, by its {@code /proc/PID/status}. */
    static long peakResidentMiB(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return String.format(
                "%-46s %,12.0f records/s %7.2f CPU-s per million", name, recordsPerSecond(), cpuSecondsPerMillion());
    }
}
