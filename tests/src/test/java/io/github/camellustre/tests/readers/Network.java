// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network of its own for some readers: a network namespace and a cable to it, which can be cut. Needs root. */
final class Network implements AutoCloseable {
    private static final String NETWORK = "198.18.%d.";
    private static final int NAMES = 250;

    private final String name;
    private final String cable;
    private final String address;

    private Network(int number) {
        this.name = "camel-lustre-" + number;
        this.cable = "camellus" + number;
        this.address = NETWORK.formatted(number);
    }

    /** Numbered by the process, so that several runs are in nobody's way. */
    static Network lay() throws IOException {
        Network network = new Network(1 + (int) (ProcessHandle.current().pid() % NAMES));
        network.close();
        ip("netns", "add", network.name);
        ip("link", "add", network.cable, "type", "veth", "peer", "name", "reader0", "netns", network.name);
        ip("address", "add", network.server() + "/24", "dev", network.cable);
        ip("link", "set", network.cable, "up");
        ip("-n", network.name, "address", "add", network.address + "2/24", "dev", "reader0");
        ip("-n", network.name, "link", "set", "reader0", "up");
        return network;
    }

    /** Whether this process may lay one. */
    static boolean isPossible() {
        try {
            lay().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Address of this machine as those behind the cable see it. */
    String server() {
        return address + "1";
    }

    /** The command, run behind the cable. */
    List<String> behind(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** Neither side is told: their packets are lost. */
    void cut() throws IOException {
        ip("-n", name, "link", "set", "reader0", "down");
    }

    void heal() throws IOException {
        ip("-n", name, "link", "set", "reader0", "up");
    }

    private static void ip(String... arguments) throws IOException {
        int status = run(ProcessBuilder.Redirect.INHERIT, arguments);
        if (status != 0) {
            throw new IOException("ip " + String.join(" ", arguments) + " ended with " + status
                    + ": network namespaces need root and the Debian package iproute2");
        }
    }

    private static int run(ProcessBuilder.Redirect errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(errors)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    /** Its end of the cable goes with the namespace. */
    @Override
    public void close() throws IOException {
        run(ProcessBuilder.Redirect.DISCARD, "link", "delete", cable);
        run(ProcessBuilder.Redirect.DISCARD, "netns", "delete", name);
    }
}
