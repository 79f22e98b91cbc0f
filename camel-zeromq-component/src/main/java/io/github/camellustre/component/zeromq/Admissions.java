// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Answers ZeroMQ's question, for each handshake with a CURVE server, whether this client may come in (ZAP, RFC 27). A
 * context has one such place; each socket is a domain of its own.
 */
final class Admissions {
    private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);
    private static final String PLACE = "inproc://zeromq.zap.01";
    private static final int CURVE_FRAMES = 7;

    private record Domain(String name, ClientKeys keys) {}

    private final ZMQ.Context context;
    private final RareLog log = new RareLog(LOG);
    private final Map<String, Domain> domains = new ConcurrentHashMap<>();

    Admissions(ZMQ.Context context) {
        this.context = context;
    }

    /** @param name what the log calls the socket that has this domain */
    void admit(String domain, String name, ClientKeys keys) {
        domains.put(domain, new Domain(name, keys));
    }

    void forget(String domain) {
        domains.remove(domain);
    }

    /** Opened by the thread that then runs {@link #answer}. */
    ZMQ.Socket open() {
        ZMQ.Socket socket = context.socket(SocketType.REP);
        socket.setLinger(0);
        socket.bind(PLACE);
        return socket;
    }

    /** Returns when the context is closed. */
    void answer(ZMQ.Socket socket) {
        try (socket) {
            byte[][] request;
            while ((request = Frames.receive(socket, 0)) != null) {
                boolean welcome = isWelcome(request);
                send(socket, request[0], request[1], welcome ? "200" : "400", welcome ? "OK" : "No such client");
            }
        } catch (ZMQException e) {
            LOG.debug("No more handshakes", e);
        }
    }

    /** Frames: version, request, domain, address, identity, mechanism, and the client's key. */
    private boolean isWelcome(byte[][] request) {
        if (request.length != CURVE_FRAMES || !Topics.text(request[5]).equals("CURVE")) {
            // Sockets without keys are asked about, too, as they have a domain.
            return request.length == CURVE_FRAMES - 1 && Topics.text(request[5]).equals("NULL");
        }
        Domain domain = domains.get(Topics.text(request[2]));
        boolean welcome = domain != null && domain.keys().contain(request[6]);
        if (!welcome && domain != null) {
            log.warn(
                    "{}: client {} with public key {} is not let in: its certificate is not in curveClientKeys",
                    domain.name(),
                    Topics.text(request[3]),
                    ZMQ.Curve.z85Encode(request[6]));
        }
        return welcome;
    }

    private static void send(ZMQ.Socket socket, byte[] version, byte[] id, String status, String text) {
        socket.sendMore(version);
        socket.sendMore(id);
        socket.sendMore(status);
        socket.sendMore(text);
        socket.sendMore("");
        socket.send("");
    }
}
