// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.lcap.wire.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZCert;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

@Timeout(60)
class LcapReaderBuilderTest {

    @ParameterizedTest
    @CsvSource({
        "tcp://mds1, tcp://mds1:8189",
        "tcp://mds1.cluster:81, tcp://mds1.cluster:81",
        "tcp://10.0.0.1, tcp://10.0.0.1:8189",
        "tcp://[fe80::1%eth0]:99, tcp://[fe80::1%eth0]:99"
    })
    void addresses(String uri, String address) {
        assertThat(ServerAddress.parse(uri)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mds1", "tcp://", "udp://mds1", "tcp://mds1:0", "tcp://mds1:65536", "tcp://a b", "tcp://*"})
    void noAddresses(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LcapReader.builder().server(uri))
                .withMessageStartingWith("no address of a server: '" + uri + "'; write tcp://HOST");
    }

    @Test
    void whatIsNotPossibleIsRefusedAtOnce() {
        LcapReaderBuilder builder = LcapReader.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.group("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.filter("nonsense"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.filter("path=/a"))
                .withMessageContaining("no changelog record carries the path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.filter("name=" + "a".repeat(70_000)))
                .withMessageContaining("a server takes 64512 at most");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.batch(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.lease(Duration.ofMillis(10)));
        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining("no MDT is named");
    }

    @Test
    void theEnvironmentNamesTheServer() throws Exception {
        try (ModelServer server = new ModelServer()) {
            new LcapReaderBuilder(Map.of("LCAP_SERVER", server.uri()))
                    .mdt(ModelServer.MDT)
                    .start()
                    .close();
            assertThat(server.requests).isNotEmpty();
        }
        assertThatThrownBy(() -> new LcapReaderBuilder(Map.of())
                        .mdt(ModelServer.MDT)
                        .startTimeout(Duration.ofMillis(1))
                        .start())
                .hasMessageStartingWith("tcp://localhost:8189, ");
    }

    @Test
    void certificates(@TempDir Path folder) throws Exception {
        ZCert server = new ZCert();
        ZCert reader = new ZCert();
        server.savePublic(folder.resolve("server").toString());
        reader.saveSecret(folder.resolve("reader").toString());
        try (ZContext context = new ZContext();
                ZAuth auth = new ZAuth(context)) {
            auth.configureCurve(ZAuth.CURVE_ALLOW_ANY);
            ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
            router.setCurveServer(true);
            server.apply(router);
            int port = router.bindToRandomPort("tcp://127.0.0.1");
            Thread thread = new Thread(() -> {
                byte[] identity = router.recv();
                while (router.hasReceiveMore()) {
                    router.recv();
                }
                router.send(identity, ZMQ.SNDMORE);
                router.send(new byte[0], ZMQ.SNDMORE);
                router.send(new Answer.Ack(-22).encode());
            });
            thread.start();
            LcapReaderBuilder builder =
                    LcapReader.builder().server("tcp://127.0.0.1:" + port).mdt(ModelServer.MDT);
            // the answer proves that both have understood each other
            assertThatThrownBy(() -> builder.curve(folder.resolve("server"), folder.resolve("reader"))
                            .start())
                    .hasMessageContaining("the server refuses to begin: -22");
            thread.join();
        }
    }

    @Test
    void filesThatAreNoCertificates(@TempDir Path folder) throws Exception {
        Path none = folder.resolve("none");
        Path broken = Files.writeString(folder.resolve("broken"), "curve\n    public-key = \"short\"\n");
        Path publicOnly = folder.resolve("public");
        new ZCert().savePublic(publicOnly.toString());
        LcapReaderBuilder builder = LcapReader.builder();

        assertThatThrownBy(() -> builder.curve(publicOnly, none))
                .hasMessageStartingWith("cannot read the CURVE certificate " + none);
        assertThatThrownBy(() -> builder.curve(publicOnly, publicOnly))
                .hasMessageStartingWith("the CURVE certificate " + publicOnly + " has no curve/secret-key");
        Path whole = folder.resolve("whole");
        new ZCert().saveSecret(whole.toString());
        assertThatThrownBy(() -> builder.curve(broken, whole))
                .hasMessageStartingWith("the CURVE certificate " + broken + " has a key that is none");
    }
}
