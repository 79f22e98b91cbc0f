// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSources;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What a reader is to be. Setters refuse what is not possible with an {@link IllegalArgumentException}. One thread.
 */
public final class LcapReaderBuilder {
    /** Names the server where a program does not. */
    public static final String SERVER_VARIABLE = "LCAP_SERVER";

    static final String DEFAULT_SERVER = "tcp://localhost:8189";

    /** A server disconnects who sends a larger request; the name of the MDT goes with it. */
    private static final int MOST_OF_A_FILTER = Envelope.MAX_BYTES - 1_024;

    private final Map<String, String> environment;
    private ServerAddress server;
    private CurveKeys keys;
    private String mdt;
    private SourceSpec source;
    private String user = "";
    private Duration startTimeout;
    private Timing timing = Timing.DEFAULT;
    private SessionOptions options = new SessionOptions(
            Start.LONG_POLL | Start.EXTRA, 0, GroupName.DEFAULT, null, null, SessionOptions.DEFAULT_LEASE);

    LcapReaderBuilder() {
        this(System.getenv());
    }

    LcapReaderBuilder(Map<String, String> environment) {
        this.environment = environment;
    }

    /** {@code tcp://HOST[:PORT]}. Default: the variable LCAP_SERVER, else {@value #DEFAULT_SERVER}. */
    public LcapReaderBuilder server(String uri) {
        this.server = ServerAddress.parse(uri);
        return this;
    }

    /**
     * Reads Lustre itself, without a server.
     *
     * @param spec such as {@code device}, or {@code simulator:records=1000}
     * @param changelogUser the user that records are cleared for; it must belong to this program alone. Empty: nothing
     *     is cleared
     * @throws LcapException there is no such source
     */
    public LcapReaderBuilder source(String spec, String changelogUser) throws LcapException {
        try {
            this.source = SourceSpec.parse(spec);
            ChangelogSources.provider(source.kind());
        } catch (SourceException e) {
            throw new LcapException(e.getMessage(), e);
        }
        this.user = Objects.requireNonNull(changelogUser);
        return this;
    }

    /** Such as {@code lustre-MDT0000}. */
    public LcapReaderBuilder mdt(String name) {
        this.mdt = name;
        return this;
    }

    /** Whose readers share its records. Default: {@code default}. */
    public LcapReaderBuilder group(String name) {
        this.options = options.with(new GroupName(name));
        return this;
    }

    /** Which records are wanted, such as {@code type=CREAT,UNLNK}; the same for all readers of the group. Default: all. */
    public LcapReaderBuilder filter(String filter) {
        this.options = options.with(filterOption(filter));
        return this;
    }

    /** Most records of one batch. Default: as the server likes. */
    public LcapReaderBuilder batch(int records) {
        this.options = options.with(new Option.Batch(records));
        return this;
    }

    /** How long a batch stays this reader's after this process has died. Default: 30 s; whole seconds, up to an hour. */
    public LcapReaderBuilder lease(Duration time) {
        this.options = options.with(new Option.Lease(time));
        return this;
    }

    /** {@code FOLLOW} waits for records to come, {@code DIRECT} reads Lustre itself. {@link Start} has them all. */
    public LcapReaderBuilder flags(int flags) {
        this.options = options.withFlags(flags | Start.LONG_POLL | Start.EXTRA);
        return this;
    }

    /** First index wanted, where Lustre itself is read; a server has one position for a group. */
    public LcapReaderBuilder firstIndex(long index) {
        this.options = options.withFirstIndex(index);
        return this;
    }

    /**
     * Encrypts the connection. Certificates are in ZeroMQ's text format.
     *
     * @param serverCertificate has the server's public key
     * @param ownCertificate has the reader's public and secret key
     */
    public LcapReaderBuilder curve(Path serverCertificate, Path ownCertificate) throws LcapException {
        this.keys = CurveKeys.load(serverCertificate, ownCertificate);
        return this;
    }

    /** How long {@link #start} waits for a server. Default: endless, so that server and readers start in any order. */
    public LcapReaderBuilder startTimeout(Duration time) {
        this.startTimeout = Objects.requireNonNull(time);
        return this;
    }

    LcapReaderBuilder timing(Timing times) {
        this.timing = times;
        return this;
    }

    /**
     * Returns when the session has begun.
     *
     * @throws LcapException it cannot begin: the message says why, and what to do
     */
    public LcapReader start() throws LcapException, InterruptedException {
        if (mdt == null || mdt.isBlank()) {
            throw new IllegalArgumentException("no MDT is named: a reader has one, such as lustre-MDT0000");
        }
        boolean follow = (options.flags() & Start.FOLLOW) != 0;
        if (source != null || (options.flags() & Start.DIRECT) != 0) {
            return new LcapReader(SourceChannel.start(openSource(), user, mdt, options), follow);
        }
        return new LcapReader(ServerChannel.start(serverOrDefault(), keys, mdt, options, timing, startTimeout), follow);
    }

    private ChangelogSource openSource() throws LcapException {
        try {
            return (source == null ? new SourceSpec(ChangelogSources.defaultKind(), Map.of()) : source).create();
        } catch (SourceException e) {
            throw new LcapException(e.getMessage(), e);
        }
    }

    private ServerAddress serverOrDefault() {
        return server != null ? server : ServerAddress.parse(environment.getOrDefault(SERVER_VARIABLE, DEFAULT_SERVER));
    }

    static Option.Filter filterOption(String text) {
        Option.Filter option = new Option.Filter(RecordFilter.parse(text).toString());
        int length = option.encode().length;
        if (length > MOST_OF_A_FILTER) {
            throw new IllegalArgumentException(
                    "a filter of " + length + " bytes: a server takes " + MOST_OF_A_FILTER + " at most");
        }
        return option;
    }
}
