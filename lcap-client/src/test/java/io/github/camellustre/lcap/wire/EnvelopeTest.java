// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    @Test
    void emptyFramesAreSkippedWhereverTheyAre() throws RequestException {
        Envelope envelope = Envelope.of(frames("", "fs-MDT0000", "", "01000000", "", "00000000", ""));

        assertThat(envelope.mdt()).isEqualTo("fs-MDT0000");
        assertThat(envelope.request()).isEqualTo(new Request.Dequeue());
    }

    @Test
    void theFirstFrameIsTheMdtWithoutEmptyFrames() throws RequestException {
        assertThat(Envelope.of(frames("fs-MDT0000", "0300000000000000")).request())
                .isEqualTo(new Request.Fini());
    }

    @Test
    void noMdtIsNoDevice() {
        assertThatThrownBy(() -> Envelope.of(frames("", "")))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.returnCode()).isEqualTo(ReturnCode.ENODEV));
    }

    @Test
    void noRequestBehindTheMdt() throws RequestException {
        Envelope envelope = Envelope.of(frames("", "fs-MDT0000"));

        assertThatThrownBy(envelope::request)
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.returnCode()).isEqualTo(ReturnCode.EPROTO));
    }

    @Test
    void namesOfOtherBytesAreOtherNames() throws RequestException {
        byte[] one = {(byte) 0xc3};
        byte[] other = {(byte) 0xc4};

        assertThat(Envelope.of(List.of(one)).mdt())
                .isNotEqualTo(Envelope.of(List.of(other)).mdt());
        assertThat(Envelope.mdtFrame(Envelope.of(List.of(one)).mdt())).isEqualTo(one);
    }

    /** Hexadecimal, but for what has a letter that is no digit of it. */
    private static List<byte[]> frames(String... frames) {
        return Arrays.stream(frames)
                .map(frame -> frame.contains("-") ? Envelope.mdtFrame(frame) : Hex.bytes(frame))
                .toList();
    }
}
