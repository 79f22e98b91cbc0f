// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.component.lcap.group.Answer;
import io.github.camellustre.component.lcap.group.GroupReader;
import io.github.camellustre.component.lcap.group.ReaderGroup;
import io.github.camellustre.lcap.wire.Answer.Ack;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.RequestException;
import io.github.camellustre.lcap.wire.ReturnCode;
import io.github.camellustre.lcap.wire.Start;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is answered to what: each request gets exactly one answer, in the order of the requests of its session. Used by the
 * server's thread only.
 */
final class Dialogue {
    private final LcapServer server;
    private final RouterSocket socket;
    private final SessionTable sessions;

    Dialogue(LcapServer server, RouterSocket socket, SessionTable sessions) {
        this.server = server;
        this.socket = socket;
        this.sessions = sessions;
    }

    void receive(RouterSocket.Incoming message) {
        if (message.isEnd()) {
            sessions.of(message.peer()).forEach(this::leave);
            return;
        }
        Envelope envelope;
        try {
            envelope = Envelope.of(message.frames());
        } catch (RequestException e) {
            acknowledge(message.peer(), e.returnCode());
            return;
        }
        accept(message.peer(), message.address(), envelope);
    }

    /** Tells a peer to come again. */
    void refuse(RouterSocket.Incoming message) {
        if (!message.isEnd()) {
            acknowledge(message.peer(), ReturnCode.EAGAIN);
        }
    }

    private void accept(String peer, String address, Envelope envelope) {
        Session session = sessions.find(peer, envelope.mdt());
        if (session == null || !session.isWaiting()) {
            answer(peer, address, envelope, session);
        } else if (!session.keep(envelope)) {
            // it does not wait for its answers, so it need not get records
            leave(session);
            session.setWaiting(false);
            acknowledge(peer, ReturnCode.NOTHING_NOW);
            answerKept(session);
            accept(peer, address, envelope);
        }
    }

    private void answer(String peer, String address, Envelope envelope, Session session) {
        try {
            Request request = envelope.request();
            if (request instanceof Start start) {
                acknowledge(peer, start(peer, address, envelope.mdt(), start, session));
            } else if (session == null) {
                acknowledge(peer, ReturnCode.EPROTO);
            } else if (request instanceof Request.Dequeue) {
                dequeue(session);
            } else {
                acknowledge(peer, serve(session, request));
            }
        } catch (RequestException e) {
            acknowledge(peer, e.returnCode());
        }
    }

    private int start(String peer, String address, String name, Start start, Session known) {
        if (known != null) {
            return ReturnCode.EALREADY;
        }
        // LCAP's own client names no group, and its server never looked at the name
        if (!start.group().equals(GroupName.DEFAULT) && !start.mdt().equals(name)) {
            return ReturnCode.EINVAL;
        }
        ServedGroup group = server.group(start.group());
        if (group == null) {
            return ReturnCode.ENOENT;
        }
        if (!sessions.hasRoom(peer)) {
            return ReturnCode.EAGAIN;
        }
        ServedMdt mdt = group.find(name);
        if (mdt == null) {
            return ReturnCode.ENODEV;
        }
        boolean ours = (start.flags() & Start.LONG_POLL) != 0;
        long now = server.now();
        GroupReader reader = mdt.engine().join(ours, server.leases().of(ours), now);
        RecordFormat format = (start.flags() & Start.EXTRA) != 0 ? RecordFormat.RAW : RecordFormat.JOB_ID;
        // while a stop waits for readers it does not wait for new ones
        long heardAt = group.isStopping() ? group.stoppedAt() : now;
        Session session = new Session(peer, address, mdt, reader, format, heardAt);
        sessions.add(session);
        mdt.add(session);
        server.touch(mdt);
        return ReturnCode.OK;
    }

    private void dequeue(Session session) {
        server.touch(session.mdt());
        Answer answer = session.mdt().engine().take(session.reader(), server.now());
        if (answer == null) {
            session.setWaiting(true);
            heard(session, false);
        } else {
            send(session, answer);
        }
    }

    private int serve(Session session, Request request) {
        ReaderGroup engine = session.mdt().engine();
        GroupReader reader = session.reader();
        long now = server.now();
        server.touch(session.mdt());
        if (request instanceof Request.Clear clear) {
            int code = engine.clear(reader, clear.index(), now);
            heard(session, code == ReaderGroup.OK);
            return code;
        }
        heard(session, false);
        if (request instanceof Option.Batch batch) {
            return engine.setBatch(reader, batch.records(), now);
        }
        if (request instanceof Option.Lease lease) {
            return engine.setLease(reader, lease.time().toNanos(), now);
        }
        if (request instanceof Option.Filter filter) {
            try {
                return engine.setFilter(reader, RecordFilter.parse(filter.text()), now);
            } catch (IllegalArgumentException e) {
                return ReturnCode.EINVAL;
            }
        }
        leave(session);
        return ReturnCode.OK;
    }

    /** What a session's engine says to its DEQUEUE, now or after a while. */
    void send(Session session, Answer answer) {
        boolean waited = session.isWaiting();
        session.setWaiting(false);
        if (answer.batch() == null) {
            heard(session, false);
            acknowledge(session.peer(), answer.code());
        } else {
            heard(session, true);
            if (!socket.send(session.peer(), AnswerFrames.of(answer.batch(), session.format()))) {
                session.mdt().group().events().unread(session.mdt(), session);
                leave(session);
            }
        }
        if (waited) {
            answerKept(session);
        }
    }

    /** A session that the server has ended: its requests are answered all the same. */
    void dismiss(Session session) {
        if (session.isWaiting()) {
            session.setWaiting(false);
            acknowledge(session.peer(), ReturnCode.NOTHING_NOW);
            answerKept(session);
        }
    }

    private void answerKept(Session session) {
        Envelope kept = session.isWaiting() ? null : session.nextKept();
        while (kept != null) {
            accept(session.peer(), session.address(), kept);
            kept = session.isWaiting() ? null : session.nextKept();
        }
    }

    /** A stop waits for readers that work, not for those that only ask. */
    private void heard(Session session, boolean works) {
        if (works || !session.mdt().group().isStopping()) {
            session.heard(server.now());
        }
    }

    /** Ends a session; its batch goes to another. */
    private void leave(Session session) {
        session.mdt().engine().leave(session.reader(), server.now());
        server.forget(session);
        server.touch(session.mdt());
    }

    private void acknowledge(String peer, int code) {
        // a peer that does not read its answers loses them
        socket.send(peer, List.of(ByteBuffer.wrap(new Ack(code).encode())));
    }
}
