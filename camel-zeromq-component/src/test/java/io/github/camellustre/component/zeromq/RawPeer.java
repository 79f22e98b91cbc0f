// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A TCP connection that speaks as much ZMTP as a test wants to, and any bytes. */
final class RawPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private static final int GREETING = 64;

    private final Socket socket;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** @param address as tcp://127.0.0.1:5555 */
    static RawPeer connect(String address) throws IOException {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawPeer send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    RawPeer sendHex(String hex) throws IOException {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** The greeting of ZMTP 3.0 with this security. */
    RawPeer greet(String mechanism) throws IOException {
        byte[] greeting = new byte[GREETING];
        greeting[0] = (byte) 0xff;
        greeting[9] = 0x7f;
        greeting[10] = 3;
        byte[] name = mechanism.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, greeting, 12, name.length);
        return send(greeting);
    }

    /** Greeting and READY of a peer without security: from here on messages may follow. */
    RawPeer shakeHands(String socketType) throws IOException {
        greet("NULL");
        byte[] type = socketType.getBytes(StandardCharsets.US_ASCII);
        byte[] ready = new byte[6 + 1 + 11 + 4 + type.length];
        ready[0] = 5;
        System.arraycopy("READY".getBytes(StandardCharsets.US_ASCII), 0, ready, 1, 5);
        ready[6] = 11;
        System.arraycopy("Socket-Type".getBytes(StandardCharsets.US_ASCII), 0, ready, 7, 11);
        ready[21] = (byte) type.length;
        System.arraycopy(type, 0, ready, 22, type.length);
        send(new byte[] {4, (byte) ready.length});
        send(ready);
        // Whoever goes on before the other side is READY, too, is shut out.
        InputStream in = socket.getInputStream();
        in.readNBytes(GREETING);
        byte[] head = in.readNBytes(2);
        if (head.length == 2) {
            in.readNBytes(head[1]);
        }
        return this;
    }

    /** @return whether so many bytes come before the connection ends */
    boolean receives(int bytes) throws IOException {
        try {
            return socket.getInputStream().readNBytes(bytes).length == bytes;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Reads until the other side has closed the connection. @return whether it has */
    boolean isClosed() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8_192];
        try {
            while (in.read(buffer) >= 0) {
                Arrays.fill(buffer, (byte) 0);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
