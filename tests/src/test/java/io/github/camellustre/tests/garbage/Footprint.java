// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a virtual machine takes up.
 *
 * @param heap bytes that a full collection leaves
 * @param threads of the system
 * @param files open file descriptors
 */
record Footprint(long heap, long threads, long files) {
    private static final long MIB = 1 << 20;

    /** What may stay behind: caches that fill, threads of pools and of the virtual machine. A leak is a multiple of it. */
    private static final Footprint SLACK = new Footprint(8 * MIB, 10, 10);

    static Footprint of(long process) throws IOException {
        Path system = Path.of("/proc", String.valueOf(process));
        return new Footprint(heapOf(process), entries(system.resolve("task")), entries(system.resolve("fd")));
    }

    /** The last line of the histogram, "Total INSTANCES BYTES", is what is alive: making it collects first. */
    private static long heapOf(long process) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = jcmd.inputReader()) {
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
            String[] words = last.trim().split("\\s+");
            if (words.length != 3 || !words[0].equals("Total")) {
                throw new IOException("jcmd " + process + " GC.class_histogram ends with: " + last);
            }
            return Long.parseLong(words[2]);
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /** Whether this is about what it was before. */
    boolean isBackTo(Footprint before) {
        return heap <= before.heap + SLACK.heap
                && threads <= before.threads + SLACK.threads
                && files <= before.files + SLACK.files;
    }

    boolean isBelow(Footprint other) {
        return heap < other.heap || threads < other.threads || files < other.files;
    }

    Footprint least(Footprint other) {
        return new Footprint(
                Math.min(heap, other.heap), Math.min(threads, other.threads), Math.min(files, other.files));
    }

    @Override
    public String toString() {
        return String.format("heap %.1f MiB, %d threads, %d files", (double) heap / MIB, threads, files);
    }
}
