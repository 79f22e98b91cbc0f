// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import io.github.camellustre.tests.witness.IndexSet;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** As the old library: one request at a time, an answer within {@link #PATIENCE_SECONDS} or it fails. In Python. */
final class OldReader implements HonestReader {
    private static final String PATIENCE_SECONDS = "20";

    private final String mdt;
    private final Path log;
    private final Program program;
    private final IndexSet received = new IndexSet();
    private long offset;

    private OldReader(String mdt, Path log, Program program) {
        this.mdt = mdt;
        this.log = log;
        this.program = program;
    }

    static OldReader start(Path folder, String server, String group, String mdt) throws IOException {
        Path log = folder.resolve(mdt + ".log");
        return new OldReader(
                mdt,
                log,
                Program.start(
                        folder,
                        "old-" + mdt,
                        "lcap/reader.py",
                        List.of(
                                "--server",
                                server,
                                "--mdt",
                                mdt,
                                "--group",
                                group,
                                "--log",
                                log.toString(),
                                "--patience",
                                PATIENCE_SECONDS,
                                "--follow",
                                "0.02")));
    }

    @Override
    public String name() {
        return "old reader of " + mdt;
    }

    @Override
    public IndexSet received() throws IOException {
        if (!Files.exists(log)) {
            return received;
        }
        byte[] bytes;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(offset);
            bytes = new byte[Math.toIntExact(file.length() - offset)];
            file.readFully(bytes);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int whole = text.lastIndexOf('\n') + 1;
        offset += whole;
        text.substring(0, whole).lines().forEach(line -> received.add(Long.parseLong(line.split(" ", 3)[1])));
        return received;
    }

    @Override
    public void mustRun() throws IOException, Violation {
        program.mustRun();
    }

    @Override
    public void end() throws IOException, InterruptedException, Violation {
        program.terminate();
        program.mustEndWell();
    }

    @Override
    public void close() {
        program.close();
    }
}
