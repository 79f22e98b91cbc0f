// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import java.io.IOException;
import java.nio.file.Path;
import org.zeromq.ZCert;
import org.zeromq.ZConfig;
import org.zeromq.ZMQ;

/** The server's public key and the reader's own pair: with them the connection is encrypted, and both know each other. */
final class CurveKeys {
    private static final String PUBLIC = "curve/public-key";
    private static final String SECRET = "curve/secret-key";

    private final byte[] serverKey;
    private final ZCert own;

    private CurveKeys(byte[] serverKey, ZCert own) {
        this.serverKey = serverKey;
        this.own = own;
    }

    /**
     * Both files are ZeroMQ certificates in the text format of zcert.
     *
     * @param server has the server's public key
     * @param own has the reader's public and secret key
     */
    static CurveKeys load(Path server, Path own) throws LcapException {
        ZConfig certificate = read(own);
        return new CurveKeys(
                certificate(server, key(read(server), PUBLIC, server), null).getPublicKey(),
                certificate(own, key(certificate, PUBLIC, own), key(certificate, SECRET, own)));
    }

    void apply(ZMQ.Socket socket) {
        own.apply(socket);
        socket.setCurveServerKey(serverKey);
    }

    private static ZConfig read(Path file) throws LcapException {
        try {
            return ZConfig.load(file.toString());
        } catch (IOException | RuntimeException e) {
            throw new LcapException("cannot read the CURVE certificate " + file + ": " + e, e);
        }
    }

    private static String key(ZConfig certificate, String name, Path file) throws LcapException {
        String key = certificate.getValue(name);
        if (key == null) {
            throw new LcapException("the CURVE certificate " + file + " has no " + name
                    + ": a secret certificate has both keys, that of a server may have the public one alone");
        }
        return key;
    }

    private static ZCert certificate(Path file, String publicKey, String secretKey) throws LcapException {
        try {
            return new ZCert(publicKey, secretKey);
        } catch (RuntimeException e) {
            throw new LcapException("the CURVE certificate " + file + " has a key that is none: " + e.getMessage(), e);
        }
    }
}
