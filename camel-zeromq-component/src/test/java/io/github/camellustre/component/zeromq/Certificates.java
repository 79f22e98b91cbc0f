// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.zeromq.ZCert;

/** A key pair and the two files of its certificate, named as pyzmq names them. */
record Certificates(ZCert pair, Path publicFile, Path secretFile) {
    static Certificates make(Path folder, String name) throws IOException {
        ZCert pair = new ZCert();
        Path publicFile = folder.resolve(name + ".key");
        Path secretFile = folder.resolve(name + ".key_secret");
        pair.savePublic(publicFile.toString());
        pair.saveSecret(secretFile.toString());
        Files.setPosixFilePermissions(secretFile, PosixFilePermissions.fromString("rw-------"));
        return new Certificates(pair, publicFile, secretFile);
    }

    /** Options of a libzmq peer that has these keys. */
    String[] asServer() {
        return new String[] {"public=" + pair.getPublicKeyAsZ85(), "secret=" + pair.getSecretKeyAsZ85(), "asserver=1"};
    }

    String[] asClientOf(Certificates server) {
        return new String[] {
            "public=" + pair.getPublicKeyAsZ85(),
            "secret=" + pair.getSecretKeyAsZ85(),
            "server=" + server.pair.getPublicKeyAsZ85()
        };
    }
}
