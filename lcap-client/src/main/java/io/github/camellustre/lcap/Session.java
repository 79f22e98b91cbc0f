// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.AnswerException;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.ReturnCode;
import io.github.camellustre.lcap.wire.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** One session: requests, and what their answers mean. Answers come in the order of the requests. One thread. */
final class Session {
    private final Connection connection;
    private final String mdt;
    private final Timing timing;
    private final BooleanSupplier closed;
    private final Deque<Request> unanswered = new ArrayDeque<>();

    private SessionOptions options;
    private String place;
    private boolean keepsLeases;

    /** @param closed whether the reader is: then nothing is waited for any more */
    Session(Connection connection, String mdt, Timing timing, BooleanSupplier closed) {
        this.connection = connection;
        this.mdt = mdt;
        this.timing = timing;
        this.closed = closed;
    }

    /**
     * Begins.
     *
     * @param at for messages: server, MDT and group
     * @throws LostException it may begin later
     * @throws LcapException it never will
     */
    void start(SessionOptions wished, String at) throws LostException, LcapException, IOException {
        place = at;
        options = wished;
        send(new Start(wished.flags(), wished.firstIndex(), mdt, wished.group()));
        int code = code(timing.answer());
        switch (code) {
            case ReturnCode.OK -> {}
            case ReturnCode.ENODEV ->
                throw new LostException("the server has no record of this MDT yet; see the option mdts of its"
                        + " lcap: endpoint, and the name of the MDT");
            case ReturnCode.EAGAIN -> throw new LostException("the server has too many sessions");
            case ReturnCode.EALREADY -> throw new LostException("the server takes this session for an old one");
            case ReturnCode.ENOENT ->
                throw new RefusedException("there is no such group on this server: the group is the last part"
                        + " of the address of an lcap: endpoint");
            default ->
                throw new LcapException(
                        place + ": the server refuses to begin: " + ReturnCode.text(code) + "; its log may say why");
        }
        // a server that does not know options is one of LCAP's own
        send(wished.lease());
        keepsLeases = code(timing.answer()) == ReturnCode.OK;
        if (wished.filter() != null) {
            set(wished.filter());
        }
        if (wished.batch() != null) {
            set(wished.batch());
        }
    }

    /** Whether the server is one of ours, which knows leases, options, and clears of a part of a batch. */
    boolean keepsLeases() {
        return keepsLeases;
    }

    /** Sends what is other than before. */
    void change(SessionOptions wished) throws LostException, LcapException, IOException {
        SessionOptions before = options;
        options = wished;
        if (!wished.lease().equals(before.lease())) {
            set(wished.lease());
        }
        if (wished.filter() != null && !wished.filter().equals(before.filter())) {
            set(wished.filter());
        }
        if (wished.batch() != null && !wished.batch().equals(before.batch())) {
            set(wished.batch());
        }
    }

    SessionOptions options() {
        return options;
    }

    private void set(Option option) throws LostException, LcapException, IOException {
        if (!keepsLeases) {
            return;
        }
        send(option);
        int code = code(timing.answer());
        switch (code) {
            case ReturnCode.OK -> {}
            case ReturnCode.EPROTO -> throw new LostException("the server does not know this session any more");
            case ReturnCode.EBUSY ->
                throw new LcapException(place + ": the other readers of this group have another filter than '"
                        + text(option) + "': use the same, or another group");
            default ->
                throw new LcapException(place + ": the server does not take " + option + ": " + ReturnCode.text(code)
                        + "; its log may say why");
        }
    }

    private static String text(Option option) {
        return option instanceof Option.Filter filter ? filter.text() : option.toString();
    }

    /** Renews the lease of the batch that is out. */
    void renew() throws LostException, LcapException, IOException {
        set(options.lease());
    }

    /**
     * @throws LostException it is not
     */
    void mustBeConnected() throws LostException {
        connection.mustBeWhole();
    }

    void send(Request request) {
        connection.send(request);
        unanswered.add(request);
    }

    /** The code that answers the oldest request, which asked for none other than that. */
    int code(Duration limit) throws LostException, IOException {
        Request asked = unanswered.element();
        if (answer(limit) instanceof Answer.Ack ack) {
            return ack.code();
        }
        throw new LostException(op(asked) + " was answered with records");
    }

    /**
     * The answer to the oldest request.
     *
     * @throws LostException there is none in time, or it makes no sense, or the reader is closed
     */
    Answer answer(Duration limit) throws LostException, IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            List<byte[]> frames = connection.receive(deadline);
            if (frames != null) {
                unanswered.remove();
                return decode(frames);
            }
            if (closed.getAsBoolean()) {
                throw new LostException("closed");
            }
        } while (System.nanoTime() - deadline < 0);
        throw new LostException("no answer to " + op(unanswered.element()) + " within " + limit.toMillis() + " ms");
    }

    /** As the protocol calls it: START, DEQUEUE, LEASE... */
    private static String op(Request request) {
        return request.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private Answer decode(List<byte[]> frames) throws LostException {
        try {
            return Answer.decode(mdt, frames);
        } catch (AnswerException e) {
            throw new LostException(e.getMessage());
        }
    }

    /** Says good-bye, and waits for the answers to it, and to what was asked before, for a short time. */
    void end(long clear) throws LostException, IOException {
        if (clear > 0) {
            send(new Request.Clear(clear));
        }
        send(new Request.Fini());
        long deadline = System.nanoTime() + timing.clear().toNanos();
        while (!unanswered.isEmpty() && System.nanoTime() - deadline < 0) {
            if (connection.receive(deadline) != null) {
                unanswered.remove();
            }
        }
    }
}
