// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CURVE as server and as client, with libzmq at the other end. */
class CurveTest {
    @TempDir
    private Path folder;

    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();
    private Certificates server;
    private Certificates client;
    private Certificates stranger;
    private Path allowed;

    @BeforeEach
    void makeKeys() throws Exception {
        server = Certificates.make(folder, "server");
        client = Certificates.make(folder, "client");
        stranger = Certificates.make(folder, "stranger");
        allowed = Files.createDirectory(folder.resolve("allowed"));
        Files.copy(client.publicFile(), allowed.resolve("client.key"));
    }

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    private String serves(String clients) throws Exception {
        bed.receiving("zeromq:tcp://127.0.0.1:*?bind=true&socketType=PULL&curveKeyFile=" + server.secretFile()
                + "&curveClientKeys=" + clients);
        return bed.bound("PULL");
    }

    @Test
    void serverLetsInWhoseCertificateIsInTheFolder() throws Exception {
        String address = serves(allowed.toString());
        peer.open("stranger", "PUSH", "connect", address, stranger.asClientOf(server));
        peer.open("plain", "PUSH", "connect", address);
        peer.open("client", "PUSH", "connect", address, client.asClientOf(server));
        for (String name : new String[] {"stranger", "plain", "client"}) {
            peer.send(name, name);
        }
        await().until(() -> !bed.taken().isEmpty());
        await().until(() -> bed.endpoint("PULL").getDisconnections() >= 2);
        assertThat(bed.taken()).containsExactly(new Testbed.Taken("client", null));
    }

    @Test
    void certificatesThatAreAddedOrRemovedCountFromTheNextConnectionOn() throws Exception {
        String address = serves(allowed.toString());
        refused("before", address);
        Files.copy(stranger.publicFile(), allowed.resolve("stranger.key"));
        // A libzmq client that was refused does not try again.
        peer.open("now", "PUSH", "connect", address, stranger.asClientOf(server));
        peer.send("now", "now");
        await().until(() -> bed.taken().size() == 1);
        Files.delete(allowed.resolve("stranger.key"));
        refused("after", address);
        assertThat(bed.taken()).containsExactly(new Testbed.Taken("now", null));
    }

    private void refused(String name, String address) {
        long before = bed.endpoint("allowed").getDisconnections();
        peer.open(name, "PUSH", "connect", address, stranger.asClientOf(server));
        peer.send(name, name);
        await().until(() -> bed.endpoint("allowed").getDisconnections() > before);
    }

    @Test
    void eachServerHasItsOwnClientsAndSocketsWithoutKeysNeedNone() throws Exception {
        Path others = Files.createDirectory(folder.resolve("others"));
        Files.copy(stranger.publicFile(), others.resolve("stranger.key"));
        String address = serves(allowed.toString());
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=PULL&curveKeyFile="
                + server.secretFile() + "&curveClientKeys=" + others + "', steps: [{process: {ref: sink}}]}}");
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=REP',"
                + " steps: [{process: {ref: sink}}]}}");
        refused("stranger", address);
        peer.open("req", "REQ", "connect", bed.bound("REP"));
        peer.send("req", "plain");
        assertThat(peer.receive("req")).containsExactly("plain");
        peer.open("client", "PUSH", "connect", address, client.asClientOf(server));
        peer.send("client", "client");
        await().until(() -> bed.taken().size() == 2);
    }

    @Test
    void starLetsInWhoKnowsTheServersKey() throws Exception {
        String address = serves("*");
        peer.open("stranger", "PUSH", "connect", address, stranger.asClientOf(server));
        peer.open("misled", "PUSH", "connect", address, client.asClientOf(stranger));
        peer.send("stranger", "stranger");
        peer.send("misled", "misled");
        await().until(() -> bed.endpoint("PULL").getFailedHandshakes() >= 1);
        await().until(() -> !bed.taken().isEmpty());
        assertThat(bed.taken()).containsExactly(new Testbed.Taken("stranger", null));
    }

    @Test
    void clientTalksToItsServerOnly() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*", stranger.asServer());
        bed.sending("zeromq:" + address + "?socketType=PUSH&curveKeyFile=" + client.secretFile()
                + "&curveServerKeyFile=" + server.publicFile());
        CompletableFuture<Exchange> sent = bed.send(ExchangePattern.InOnly, "secret");
        await().until(() -> bed.endpoint("PUSH").getDisconnections() >= 2);
        peer.close("pull");
        peer.open("pull", "PULL", "bind", address, server.asServer());
        CompletableFuture<Exchange> next = bed.send(ExchangePattern.InOnly, "next");
        await().until(() -> !peer.isSilent("pull", 100));
        await().until(() -> sent.isDone() && next.isDone());
    }

    @Test
    void filesWithoutTheRightKeyAreRefusedAtStart() {
        String uri = "zeromq:tcp://127.0.0.1:1?socketType=PUSH&curveServerKeyFile=" + server.publicFile();
        assertThatThrownBy(() -> bed.sending(uri + "&curveKeyFile=" + client.publicFile()))
                .hasStackTraceContaining("curveKeyFile=" + client.publicFile() + " has no secret-key");
        assertThatThrownBy(() -> new Testbed().sending(uri + "&curveKeyFile=" + folder.resolve("none")))
                .hasStackTraceContaining("none: the certificate cannot be read");
    }
}
