// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.zeromq.ZAuth;
import org.zeromq.ZAuth.ZapRequest;
import org.zeromq.ZConfig;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The keys of a server that encrypts: its own, and those of the clients that may connect. Others harm nobody: their
 * connections end in the handshake.
 *
 * @param certificate of the server, with its secret key
 * @param clients folder of the public certificates of all clients that are let in; it is looked at anew when it changes
 */
public record CurveKeys(Path certificate, Path clients) {
    private static final Logger LOG = LoggerFactory.getLogger(CurveKeys.class);
    private static final String MECHANISM = "CURVE";

    /** Lets only clients with a known key in. */
    void guard(ZContext context, ZMQ.Socket socket) {
        if (!Files.isDirectory(clients)) {
            throw new IllegalArgumentException("clientCertificates=" + clients
                    + " is no folder: make it, and put a public certificate of each client there");
        }
        socket.setCurveServer(true);
        socket.setCurvePublicKey(key("public-key"));
        socket.setCurveSecretKey(key("secret-key"));
        // lives as long as the context
        new ZAuth(context, "lcap-zap", Map.of(MECHANISM, new KnownClients())).configureCurve(clients.toString());
    }

    private byte[] key(String name) {
        try {
            String text = ZConfig.load(certificate.toString()).getValue("curve/" + name);
            if (text == null) {
                throw new IllegalArgumentException(
                        "serverCertificate=" + certificate + " has no " + name + " in its section curve");
            }
            return ZMQ.Curve.z85Decode(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("serverCertificate=" + certificate + " cannot be read (" + e + ")", e);
        }
    }

    private static final class KnownClients extends ZAuth.SimpleCurveAuth {
        private final SparseLog log = new SparseLog(LOG, Level.WARN);

        @Override
        public boolean authorize(ZapRequest request, boolean verbose) {
            boolean known = super.authorize(request, verbose);
            if (!known) {
                log.say(
                        "lcap: {} is refused: its key {} is of no certificate in clientCertificates",
                        request.address,
                        request.clientKey);
            }
            return known;
        }
    }
}
