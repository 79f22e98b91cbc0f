// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of a benchmark. It works until its standard input ends, and says then in one line what it saw. */
final class BenchProcess {
    private final Process process;
    private final BufferedReader out;

    private BenchProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static BenchProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new BenchProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Ends it. */
    String summary() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String line = out.readLine();
        process.waitFor();
        return line;
    }

    /** For {@code main} of such a process: returns when its work is over. */
    static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // whatever comes, the end is what counts
        }
    }
}
