// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a socket binds or connects: {@code tcp://host:port} or {@code inproc://name}. A host that is left out is the
 * loopback address: only who writes {@code *}, {@code 0.0.0.0}, {@code [::]} or an address binds to more than that.
 */
record ZeroMqAddress(String transport, String host, String port) {
    static final String INPROC = "inproc://";

    private static final Pattern TCP = Pattern.compile("(\\[[0-9a-fA-F:.%\\w]*]|[^\\[\\]:/]*):(\\*|\\d{1,5})");
    private static final Set<String> ANY_HOST = Set.of("*", "0.0.0.0", "[::]");

    /** @throws IllegalArgumentException naming the address and what is wrong with it */
    static List<ZeroMqAddress> parse(String list, boolean bind) {
        List<ZeroMqAddress> addresses = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            addresses.add(parseOne(text.strip(), bind));
        }
        return List.copyOf(addresses);
    }

    private static ZeroMqAddress parseOne(String text, boolean bind) {
        if (text.startsWith("ipc:")) {
            throw refused(
                    text,
                    "JeroMQ's ipc is TCP underneath and meets no peer that uses libzmq's ipc;"
                            + " use tcp://127.0.0.1:PORT, or inproc://NAME within one Camel context");
        }
        if (text.startsWith(INPROC) && text.length() > INPROC.length()) {
            return new ZeroMqAddress("inproc", text.substring(INPROC.length()), "");
        }
        Matcher tcp = TCP.matcher(text.startsWith("tcp://") ? text.substring("tcp://".length()) : "");
        if (!tcp.matches()) {
            throw refused(text, "write tcp://HOST:PORT or inproc://NAME, several joined with commas");
        }
        String host = tcp.group(1);
        String port = tcp.group(2);
        boolean anyPort = port.equals("*") || Integer.parseInt(port) == 0;
        if (!anyPort && Integer.parseInt(port) > 65_535) {
            throw refused(text, "a port is 1 to 65535");
        }
        if (!bind && (anyPort || ANY_HOST.contains(host))) {
            throw refused(
                    text, "to connect, name the peer's host and port; this address is one to bind to (bind=true)");
        }
        return new ZeroMqAddress("tcp", host.isEmpty() ? "127.0.0.1" : host, port);
    }

    private static IllegalArgumentException refused(String text, String remedy) {
        return new IllegalArgumentException("zeromq: address '" + text + "': " + remedy);
    }

    boolean isInproc() {
        return transport.equals("inproc");
    }

    /** Whether it can only be had with IPv6. */
    boolean isIpv6() {
        return host.startsWith("[");
    }

    /** As ZeroMQ takes it. */
    @Override
    public String toString() {
        return isInproc() ? INPROC + host : "tcp://" + host + ":" + port;
    }
}
