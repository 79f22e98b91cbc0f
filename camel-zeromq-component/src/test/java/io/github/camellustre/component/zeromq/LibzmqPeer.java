// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** A process with libzmq (Debian's python3-zmq), which opens sockets and sends and receives as it is told. */
final class LibzmqPeer implements AutoCloseable {
    /** Ample: no test waits for it unless it fails. */
    private static final int TIMEOUT_MILLIS = 20_000;

    private static final String NEEDS = "needs python3 and the Debian package python3-zmq";

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private LibzmqPeer(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Skips the test where python3-zmq is missing. */
    static LibzmqPeer start() {
        try {
            // Debian's own, for which the package is.
            Process process = new ProcessBuilder("/usr/bin/python3", "-u", "src/test/resources/peer.py")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            LibzmqPeer peer = new LibzmqPeer(process);
            assumeTrue(peer.out.readLine() != null, NEEDS);
            return peer;
        } catch (IOException e) {
            return abort(NEEDS + ": " + e.getMessage());
        }
    }

    /** @return the address, with the port that was chosen */
    String open(String name, String type, String how, String address, String... options) {
        return tell(Stream.concat(Stream.of("open", name, type, how, address), Arrays.stream(options))
                .collect(Collectors.joining(" ")));
    }

    void send(String name, String... frames) {
        tell("send " + name + " " + Arrays.stream(frames).map(LibzmqPeer::hex).collect(Collectors.joining(" ")));
    }

    void sendFrames(String name, List<byte[]> frames) {
        tell("send " + name + " " + frames.stream().map(LibzmqPeer::hex).collect(Collectors.joining(" ")));
    }

    /** Frames of the next message. */
    List<byte[]> receiveFrames(String name) {
        String answer = tell("recv " + name + " " + TIMEOUT_MILLIS);
        assertThat(answer).as("a message at the libzmq socket " + name).isNotEqualTo("none");
        return Arrays.stream(answer.split(" "))
                .map(word -> word.equals("-") ? new byte[0] : HexFormat.of().parseHex(word))
                .toList();
    }

    /** Frames of the next message, as text. */
    List<String> receive(String name) {
        return receiveFrames(name).stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
    }

    /** Whether nothing has come after so many milliseconds. */
    boolean isSilent(String name, int millis) {
        return tell("recv " + name + " " + millis).equals("none");
    }

    /** Sends numbers as text without waiting. @return how many were taken */
    int burst(String name, int first, int count) {
        return Integer.parseInt(tell("burst " + name + " " + first + " " + count));
    }

    /** Receives messages whose last frame is a number. @return how many came, and "ordered" or "unordered" */
    String take(String name, int count) {
        return tell("take " + name + " " + count + " " + TIMEOUT_MILLIS);
    }

    void close(String name) {
        tell("close " + name);
    }

    /** Without a word to anybody, as kill -9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stands still with open connections, as on a machine that hangs. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        } catch (IOException | InterruptedException e) {
            Assertions.fail(name, e);
        }
    }

    private static String hex(String frame) {
        return hex(frame.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] frame) {
        return frame.length == 0 ? "-" : HexFormat.of().formatHex(frame);
    }

    private String tell(String command) {
        try {
            in.write(command + "\n");
            in.flush();
            String answer = out.readLine();
            if (answer == null || !answer.startsWith("ok ")) {
                return Assertions.fail(command + ": " + answer);
            }
            return answer.substring("ok ".length());
        } catch (IOException e) {
            return Assertions.fail(command, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.onExit().join();
    }
}
