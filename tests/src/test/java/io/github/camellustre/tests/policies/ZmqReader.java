// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A reader program with libzmq in a process of its own, see {@code src/test/python/zeromq/reader.py}. */
final class ZmqReader implements AutoCloseable {
    private static final Path PROGRAM = Path.of("src/test/python/zeromq/reader.py");

    private final Process process;
    private final Path out;

    private ZmqReader(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    static ZmqReader start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", PROGRAM.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "reader", ".txt");
        return new ZmqReader(
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                out);
    }

    /** What came so far: whole lines only. */
    List<Line> lines() {
        try {
            String text = Files.readString(out);
            List<Line> lines = new ArrayList<>();
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                String[] parts = line.split("\t", 3);
                lines.add(new Line(Integer.parseInt(parts[0]), parts[1], parts[2]));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One record: number of the message that brought it, its topic, its JSON. */
    record Line(int message, String topic, String json) {
        private static final String ID = "{\"id\":\"";

        /** As {@code lustre-MDT0000/17}. */
        String id() {
            return json.substring(ID.length(), json.indexOf('"', ID.length()));
        }

        long index() {
            return Long.parseLong(id().substring(id().indexOf('/') + 1));
        }

        String mdt() {
            return id().substring(0, id().indexOf('/'));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
