// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A CA of our own, made with keytool, and certificates of it for localhost. */
public final class Certificates {
    public static final String PASSWORD = "changeit";
    private static final List<String> KEY =
            List.of("-keyalg", "EC", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keypass", PASSWORD);

    private final Path folder;

    public Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        List<String> command = new ArrayList<>(List.of(
                "-genkeypair", "-alias", "ca", "-dname", "CN=CA of the test", "-ext", "bc:c", "-keystore", "ca.p12"));
        command.addAll(KEY);
        keytool(command);
        keytool(List.of(
                "-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-storepass", PASSWORD, "-file", "ca.crt"));
        keytool(List.of(
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                "ca.crt",
                "-keystore",
                "trust.p12",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    }

    /** What a client needs to trust them. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** Key store of a server whose certificate began so many days ago, and is valid for two. */
    public Path serverKeys(int daysAgo) throws IOException, InterruptedException {
        String store = "server-" + daysAgo + ".p12";
        List<String> command = new ArrayList<>(
                List.of("-genkeypair", "-alias", "server", "-dname", "CN=localhost", "-keystore", store));
        command.addAll(KEY);
        command.addAll(List.of(
                "-signer", "ca", "-ext", "san=dns:localhost", "-startdate", "-" + daysAgo + "d", "-validity", "2"));
        Files.copy(folder.resolve("ca.p12"), folder.resolve(store));
        keytool(command);
        keytool(List.of("-delete", "-alias", "ca", "-keystore", store, "-storepass", PASSWORD));
        return folder.resolve(store);
    }

    /** The same for a server of this process. */
    public SSLContext server(int daysAgo) throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(serverKeys(daysAgo))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }

    private void keytool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }
}
