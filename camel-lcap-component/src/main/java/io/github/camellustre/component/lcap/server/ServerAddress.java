// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

/**
 * Where a server listens.
 *
 * @param host name, IPv4 address, or IPv6 address without brackets
 * @param port 0: any that is free
 */
public record ServerAddress(String host, int port) {
    /** That of LCAP's own server. */
    public static final int DEFAULT_PORT = 8189;

    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException no host, or no port */
    public ServerAddress {
        if (host.isEmpty() || host.contains("/") || host.equals("*")) {
            throw new IllegalArgumentException("'" + host
                    + "' is no host to listen on: write a name or an address of this machine, as 127.0.0.1, or"
                    + " 0.0.0.0 for all of its networks");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException(port + " is no port: 1 to " + LAST_PORT);
        }
    }

    /** Reads {@code HOST}, {@code HOST:PORT} or {@code [IPV6]:PORT}. */
    public static ServerAddress parse(String text) {
        int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException(
                    "'" + text + "': put an IPv6 address into brackets, as [::1]:" + DEFAULT_PORT);
        }
        return new ServerAddress(host, colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no port: 1 to " + LAST_PORT, e);
        }
    }

    boolean isIpv6() {
        return host.contains(":");
    }

    /** As ZeroMQ wants it. */
    String endpoint() {
        return "tcp://" + this;
    }

    @Override
    public String toString() {
        return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
    }
}
