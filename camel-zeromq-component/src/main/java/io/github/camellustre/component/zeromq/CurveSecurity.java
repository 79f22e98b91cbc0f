// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZConfig;
import org.zeromq.ZMQ;

/** The keys of a socket, none for one without CURVE. */
final class CurveSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(CurveSecurity.class);
    private static final CurveSecurity NONE = new CurveSecurity(null, null, null, null);
    private static final int Z85_KEY = 40;

    private final byte[] publicKey;
    private final byte[] secretKey;
    private final byte[] serverKey;
    private final ClientKeys clientKeys;

    private CurveSecurity(byte[] publicKey, byte[] secretKey, byte[] serverKey, ClientKeys clientKeys) {
        this.publicKey = publicKey;
        this.secretKey = secretKey;
        this.serverKey = serverKey;
        this.clientKeys = clientKeys;
    }

    /** @throws IllegalArgumentException if a file does not hold the key that it should */
    static CurveSecurity of(ZeroMqConfiguration options) {
        if (options.getCurveKeyFile() == null) {
            return NONE;
        }
        Path own = Path.of(options.getCurveKeyFile());
        warnIfOthersMayRead(own);
        return new CurveSecurity(
                key(own, "curveKeyFile", "public-key"),
                key(own, "curveKeyFile", "secret-key"),
                options.getCurveServerKeyFile() == null
                        ? null
                        : key(Path.of(options.getCurveServerKeyFile()), "curveServerKeyFile", "public-key"),
                options.getCurveClientKeys() == null ? null : ClientKeys.of(options.getCurveClientKeys()));
    }

    /** To be called before the socket is bound or connects. */
    void apply(ZMQ.Socket socket, SocketContext context, String domain, String name) {
        if (publicKey == null) {
            return;
        }
        socket.setCurvePublicKey(publicKey);
        socket.setCurveSecretKey(secretKey);
        if (serverKey != null) {
            socket.setCurveServerKey(serverKey);
        } else {
            context.admissions().admit(domain, name, clientKeys);
            socket.setCurveServer(true);
        }
    }

    /** @param name public-key or secret-key, as in a certificate's section curve */
    static byte[] key(Path file, String option, String name) {
        String text;
        try {
            text = ZConfig.load(file.toString()).getValue("curve/" + name);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "zeromq: " + option + "=" + file + ": the certificate cannot be read: " + e.getMessage(), e);
        }
        if (text == null || text.length() != Z85_KEY) {
            throw new IllegalArgumentException("zeromq: " + option + "=" + file + " has no " + name
                    + " of 40 characters in its section curve; make certificates with ZCert, or zmq.auth of pyzmq");
        }
        return ZMQ.Curve.z85Decode(text);
    }

    private static void warnIfOthersMayRead(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.GROUP_READ)) {
                LOG.warn("{} holds a secret key and other users may read it: chmod 600 {}", file, file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // A file system without such permissions; that the file is missing is said by who reads it.
            LOG.debug("{}: permissions are not known", file, e);
        }
    }
}
