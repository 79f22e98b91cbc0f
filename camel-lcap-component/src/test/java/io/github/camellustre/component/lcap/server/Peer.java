// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A reader as liblcapclient makes one: a REQ socket for one MDT. */
public final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private static final int HANDSHAKE_MILLIS = 500;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket socket;
    private final String mdt;

    public Peer(int port, String mdt) {
        this("127.0.0.1", port, mdt, socket -> {});
    }

    public Peer(String host, int port, String mdt, Consumer<ZMQ.Socket> options) {
        this.mdt = mdt;
        socket = context.createSocket(SocketType.REQ);
        socket.setIPv6(true);
        socket.setLinger(0);
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        // JeroMQ 0.6.0 forgets to poll one connecting socket in fifty: this makes it try again.
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        options.accept(socket);
        socket.connect("tcp://" + host + ":" + port);
    }

    public int start(int flags) throws Exception {
        return start(flags, GroupName.DEFAULT);
    }

    public int start(int flags, GroupName group) throws Exception {
        return code(ask(new Start(flags, 0, mdt, group)));
    }

    public Answer dequeue() throws Exception {
        return ask(new Request.Dequeue());
    }

    /** Asks until there are records. */
    public List<ChangelogRecord> records() throws Exception {
        Answer answer = dequeue();
        while (answer.equals(new Answer.Ack(1))) {
            answer = dequeue();
        }
        return records(answer);
    }

    public static List<ChangelogRecord> records(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Records.class);
        List<ChangelogRecord> records = new ArrayList<>();
        var block = ((Answer.Records) answer).block();
        for (int record = 0; record < block.count(); record++) {
            records.add(block.record(record));
        }
        return records;
    }

    public int clear(long index) throws Exception {
        return code(ask(new Request.Clear(index)));
    }

    public int fini() throws Exception {
        return code(ask(new Request.Fini()));
    }

    public int set(Option option) throws Exception {
        return code(ask(option));
    }

    public Answer ask(Request request) throws Exception {
        return askRaw(Envelope.mdtFrame(mdt), request.encode());
    }

    /** Any frames, behind the empty one that a REQ socket sends itself. */
    public Answer askRaw(byte[]... frames) throws Exception {
        for (int i = 0; i < frames.length; i++) {
            socket.send(frames[i], i + 1 < frames.length ? ZMQ.SNDMORE : 0);
        }
        List<byte[]> answer = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            assertThat(frame).as("answer").isNotNull();
            answer.add(frame);
        } while (socket.hasReceiveMore());
        return Answer.decode(mdt, answer);
    }

    public static int code(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Ack.class);
        return ((Answer.Ack) answer).code();
    }

    @Override
    public void close() {
        context.close();
    }
}
