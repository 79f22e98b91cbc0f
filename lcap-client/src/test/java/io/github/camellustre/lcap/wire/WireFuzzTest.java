// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any frames are refused as what they are, or mean what they say. The first byte of an input says whether it is a request
 * or an answer; then each frame has its length in two bytes before it.
 */
class WireFuzzTest {
    private static final String MDT = "fs-MDT0000";

    @FuzzTest
    void decode(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<byte[]> frames = frames(input);
        if ((input[0] & 1) == 0) {
            decodeRequest(frames);
        } else {
            decodeAnswer(frames);
        }
    }

    private static void decodeRequest(List<byte[]> frames) {
        try {
            Envelope envelope = Envelope.of(frames);
            Request request = envelope.request();
            assertThat(Request.decode(request.encode())).isEqualTo(request);
            assertThat(Envelope.mdtFrame(envelope.mdt()))
                    .isEqualTo(frames.stream()
                            .filter(f -> f.length > 0)
                            .findFirst()
                            .orElseThrow());
        } catch (RequestException e) {
            assertThat(e.returnCode()).isIn(ReturnCode.ENODEV, ReturnCode.EINVAL, ReturnCode.EPROTO);
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void decodeAnswer(List<byte[]> frames) {
        try {
            Answer answer = Answer.decode(MDT, frames);
            if (answer instanceof Answer.Ack ack) {
                assertThat(Answer.decode(MDT, List.of(ack.encode()))).isEqualTo(ack);
            } else if (answer instanceof Answer.Records records) {
                assertThat(records.block().isEmpty()).isFalse();
                assertThat(records.block().length() + Answer.Records.HEAD_BYTES).isEqualTo(Layout.join(frames).length);
            }
        } catch (AnswerException e) {
            assertThat(e).hasMessageStartingWith(MDT);
        }
    }

    private static List<byte[]> frames(byte[] input) {
        List<byte[]> frames = new ArrayList<>();
        int at = 1;
        while (at + 2 <= input.length) {
            int length = (input[at] & 0xff) | (input[at + 1] & 0xff) << 8;
            int end = Math.min(input.length, at + 2 + length);
            frames.add(Arrays.copyOfRange(input, at + 2, end));
            at = end;
        }
        return frames;
    }
}
