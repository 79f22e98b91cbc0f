// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a request's frames, without the identity that the server's socket puts in front, say before one looks at the
 * request: {@code "" MDT request...}.
 */
public final class Envelope {
    /** A request is not larger. */
    public static final int MAX_BYTES = 64 << 10;

    private final String mdt;
    private final byte[] body;

    private Envelope(String mdt, byte[] body) {
        this.mdt = mdt;
        this.body = body;
    }

    /**
     * Empty frames are skipped, the first other one is the MDT, all that follow are the request.
     *
     * @throws RequestException with the code to answer: -19 if there is no MDT
     */
    public static Envelope of(List<byte[]> frames) throws RequestException {
        List<byte[]> filled = frames.stream().filter(frame -> frame.length > 0).toList();
        if (filled.isEmpty()) {
            throw new RequestException(ReturnCode.ENODEV, "a request without an MDT");
        }
        String mdt = new String(filled.get(0), StandardCharsets.ISO_8859_1);
        return new Envelope(mdt, Layout.join(filled.subList(1, filled.size())));
    }

    /** Each byte a character, so that two names are one only if their bytes are the same. */
    public String mdt() {
        return mdt;
    }

    /** Bytes of what is behind the MDT. */
    public int size() {
        return body.length;
    }

    /** {@link Request#decode} of what is behind the MDT. */
    public Request request() throws RequestException {
        return Request.decode(body);
    }

    /** The MDT's frame of a request. */
    public static byte[] mdtFrame(String mdt) {
        return mdt.getBytes(StandardCharsets.ISO_8859_1);
    }
}
