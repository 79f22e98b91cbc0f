// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens: {@code tcp://HOST[:PORT]}, an IPv6 address in brackets. */
record ServerAddress(String host, int port) {
    static final int DEFAULT_PORT = 8189;

    private static final Pattern URI = Pattern.compile("tcp://(\\[[0-9A-Za-z:.%]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /**
     * @throws IllegalArgumentException it is no such address
     */
    static ServerAddress parse(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (matcher.matches()) {
            int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
            if (port > 0 && port <= 0xffff) {
                return new ServerAddress(matcher.group(1), port);
            }
        }
        throw new IllegalArgumentException(
                "no address of a server: '" + uri + "'; write tcp://HOST or tcp://HOST:PORT, such as tcp://mds1:8189");
    }

    boolean isIpv6() {
        return host.startsWith("[");
    }

    @Override
    public String toString() {
        return "tcp://" + host + ":" + port;
    }
}
