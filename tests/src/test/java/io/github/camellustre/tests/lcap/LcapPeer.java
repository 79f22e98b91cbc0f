// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.lcap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;

/** One old client, told line by line what to send; {@code conversation.py} says which lines there are. */
final class LcapPeer implements AutoCloseable {
    private static final String PATIENCE_SECONDS = "20";
    private static final String BATCH = "enqueue ";

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private LcapPeer(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    static LcapPeer connect(int port) throws IOException {
        List<String> command =
                LcapPrograms.command("conversation.py", List.of("tcp://127.0.0.1:" + port, PATIENCE_SECONDS));
        return new LcapPeer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Sends one line and waits for the line that answers it. */
    String say(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the peer ended at: " + line);
        }
        return answer;
    }

    static boolean isBatch(String answer) {
        return answer.startsWith(BATCH);
    }

    /** Number of records that an answer says it brings. */
    static int count(String batch) {
        return Integer.parseInt(batch.split(" ")[1]);
    }

    /** The records of an answer, as they came. */
    static byte[] records(String batch) {
        return HexFormat.of().parseHex(batch.split(" ")[2]);
    }

    /** Ends it with whatever it holds, as a killed client. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
