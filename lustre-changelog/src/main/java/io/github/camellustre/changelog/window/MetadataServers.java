// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.reader.MdtPattern;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which metadata server serves an MDT: {@code mds1=fs-MDT0000,fs-MDT0001;mds2=fs-MDT*}, the first that matches. Immutable. */
public final class MetadataServers {
    /** None is known: each MDT counts as a server of its own. */
    public static final MetadataServers UNKNOWN = new MetadataServers(Map.of());

    private final Map<String, MdtPattern> servers;

    private MetadataServers(Map<String, MdtPattern> servers) {
        this.servers = servers;
    }

    /**
     * Reads the form above; a blank text is {@link #UNKNOWN}.
     *
     * @throws IllegalArgumentException naming the part that cannot be read
     */
    public static MetadataServers parse(String text) {
        if (text.isBlank()) {
            return UNKNOWN;
        }
        Map<String, MdtPattern> servers = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            String server = equals < 0 ? "" : part.substring(0, equals).strip();
            if (server.isEmpty()) {
                throw new IllegalArgumentException("'" + part + "' in '" + text
                        + "' names no server: write mds1=fs-MDT0000,fs-MDT0001;mds2=fs-MDT*");
            }
            if (servers.put(server, new MdtPattern(part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(
                        "server '" + server + "' is twice in '" + text + "': join its MDTs with commas");
            }
        }
        return new MetadataServers(servers);
    }

    /** Name of the server; of an MDT that none of them has, the MDT's own. */
    public String serverOf(String mdt) {
        for (Map.Entry<String, MdtPattern> server : servers.entrySet()) {
            if (server.getValue().matches(mdt)) {
                return server.getKey();
            }
        }
        return mdt;
    }
}
