// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.elastic.Certificates;
import io.github.camellustre.tests.elastic.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The gateway before a server, through which the daemon comes: it has the password and the certificate, and is busy at times. */
final class Front implements AutoCloseable {
    /** What the daemon is told; the gateway forgets it for the outage. */
    static final String USER = "lustre";

    static final String PASSWORD = "sesame";
    static final String BASIC = "Basic bHVzdHJlOnNlc2FtZQ==";
    private static final int BUSY = 503;
    private static final int TOO_MANY = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int UNPROCESSABLE = 422;

    private static final Gateway.Plan OPEN = (number, request) -> Gateway.PASS;
    private static final Gateway.Plan GUARDED =
            (number, request) -> BASIC.equals(request.authorization()) ? Gateway.PASS : UNAUTHORIZED;

    private final Certificates certificates;
    private final String target;
    private final Outage outage;
    private Gateway gateway;

    Front(Path folder, String target, Outage outage) throws Exception {
        this.certificates = new Certificates(Files.createDirectories(folder.resolve("certificates")));
        this.target = target;
        this.outage = outage;
        this.gateway = open(0, 1);
    }

    private Gateway open(int port, int certificateDays) throws Exception {
        Gateway.Plan plan = outage == Outage.PASSWORD ? GUARDED : OPEN;
        return outage == Outage.EXPIRED
                ? Gateway.startTls(port, target, certificates.server(certificateDays), plan)
                : Gateway.start(port, target, plan);
    }

    String url() {
        return (outage == Outage.EXPIRED ? "https" : "http") + "://localhost:" + gateway.port();
    }

    List<String> settings() {
        return outage != Outage.EXPIRED
                ? List.of()
                : List.of(
                        "camel.ssl.enabled=true",
                        "camel.ssl.trustStore=file:" + certificates.trustStore(),
                        "camel.ssl.trustStorePassword=" + Certificates.PASSWORD);
    }

    void begin() throws Exception {
        switch (outage) {
            case BUSY -> gateway.plan((number, request) -> number % 2 == 0 ? BUSY : TOO_MANY);
            case PASSWORD -> gateway.plan((number, request) -> UNAUTHORIZED);
            case REJECTING ->
                gateway.plan((number, request) -> request.body().contains("777,\"") ? UNPROCESSABLE : Gateway.PASS);
            case EXPIRED -> reopen(10);
            default -> throw new IllegalArgumentException(outage.toString());
        }
    }

    void end() throws Exception {
        if (outage == Outage.EXPIRED) {
            reopen(0);
        } else {
            gateway.plan(outage == Outage.PASSWORD ? GUARDED : OPEN);
        }
    }

    private void reopen(int certificateDays) throws Exception {
        int port = gateway.port();
        gateway.close();
        gateway = open(port, certificateDays);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
