// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers, from servers that are what they should be and from others. */
class AnswerTest {
    private static final String MDT = "fs-MDT0000";

    /** A CREAT with index 1001 of a file "a", laid out by hand: 64 bytes and the name. */
    private static final String RECORD = "0100 0010 01000000 e903000000000000 0000000000000000 0000000000000000"
            + "0204000002000000 03000000 00000000"
            + "0700000002000000 01000000 00000000"
            + "61";

    @ParameterizedTest
    @CsvSource({"0, 00000000", "1, 01000000", "-71, b9ffffff", "-114, 8effffff"})
    void ack(int code, String word) throws AnswerException {
        byte[] bytes = Hex.bytes("05000000 00000000" + word);

        assertThat(Answer.decode(MDT, List.of(bytes))).isEqualTo(new Answer.Ack(code));
        assertThat(Answer.decode(MDT, List.of(new byte[0], bytes))).isEqualTo(new Answer.Ack(code));
        assertThat(new Answer.Ack(code).encode()).isEqualTo(bytes);
    }

    @Test
    void recordsInOneFrame() throws AnswerException {
        checkRecord(List.of(Hex.bytes("04000000 00000000 01000000" + RECORD)));
    }

    @Test
    void recordsBehindTheirHead() throws AnswerException {
        checkRecord(List.of(new byte[0], Hex.bytes("04000000 00000000 01000000"), Hex.bytes(RECORD)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 12, 13, 40, 76})
    void recordsInFramesCutAnywhere(int cut) throws AnswerException {
        byte[] bytes = Hex.bytes("04000000 00000000 01000000" + RECORD);

        checkRecord(List.of(Arrays.copyOf(bytes, cut), new byte[0], Arrays.copyOfRange(bytes, cut, bytes.length)));
    }

    @Test
    void headAsAServerWritesIt() throws AnswerException {
        byte[] records = Hex.bytes(RECORD);
        byte[] bytes = new byte[Answer.Records.HEAD_BYTES + 2 * records.length];
        Arrays.fill(bytes, (byte) 0xff);
        Answer.Records.writeHead(bytes, 2);
        System.arraycopy(records, 0, bytes, 12, records.length);
        System.arraycopy(records, 0, bytes, 12 + records.length, records.length);

        assertThat(Arrays.copyOf(bytes, 12)).isEqualTo(Hex.bytes("04000000 00000000 02000000"));
        assertThat(((Answer.Records) Answer.decode(MDT, List.of(bytes))).block().count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0 bytes",
        "04000000 00000000, 8 bytes",
        "05000000 00000000 00000000 00, op 5 with 13 bytes",
        "03000000 00000000 00000000, op 3 with 12 bytes",
        "04000000 00000000 00000000, 'announced are 0 records, 0 are there'",
        "04000000 00000000 01000000, 'announced are 1 records, 0 are there'",
        "04000000 00000000 01000000 0100, record at byte 0: truncated",
    })
    void none(String hex, String message) {
        assertRefused(List.of(Hex.bytes(hex)), message);
    }

    @Test
    void otherNumberOfRecordsThanAnnounced() {
        assertRefused(
                List.of(Hex.bytes("04000000 00000000 02000000" + RECORD)), "announced are 2 records, 1 are there");
        assertRefused(
                List.of(Hex.bytes("04000000 00000000 ffffffff" + RECORD)),
                "announced are 4294967295 records, 1 are there");
        assertRefused(
                List.of(Hex.bytes("04000000 00000000 01000000" + RECORD + RECORD)),
                "announced are 1 records, 2 are there");
    }

    @Test
    void cutRecord() {
        byte[] bytes = Hex.bytes("04000000 00000000 01000000" + RECORD);

        assertRefused(List.of(Arrays.copyOf(bytes, bytes.length - 1)), "record at byte 0, index 1001: truncated");
    }

    @Test
    void upToEightMebibytes() throws AnswerException, IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        ChangelogRecord record = new RecordBuilder()
                .reset(RecordType.CREAT.number())
                .index(1)
                .name(new byte[] {'a'})
                .build(MDT);
        int count = (Answer.MAX_BYTES - Answer.Records.HEAD_BYTES) / record.length();
        for (int i = 0; i < count; i++) {
            record.writeTo(records);
        }
        byte[] head = new byte[Answer.Records.HEAD_BYTES];
        Answer.Records.writeHead(head, count);

        Answer.Records largest = (Answer.Records) Answer.decode(MDT, List.of(head, records.toByteArray()));
        assertThat(largest.block().count()).isEqualTo(count);

        List<byte[]> frames = new ArrayList<>(List.of(head, records.toByteArray()));
        frames.add(new byte[record.length()]);
        assertRefused(frames, "bytes; from 12 to 8388607");
    }

    private static void checkRecord(List<byte[]> frames) throws AnswerException {
        Answer.Records records = (Answer.Records) Answer.decode(MDT, frames);

        assertThat(records.block().count()).isEqualTo(1);
        assertThat(records.block().record(0)).hasToString("fs-MDT0000/1001 CREAT [0x200000402:0x3:0x0] a");
    }

    private static void assertRefused(List<byte[]> frames, String message) {
        assertThatThrownBy(() -> Answer.decode(MDT, frames))
                .isInstanceOf(AnswerException.class)
                .hasMessageStartingWith(MDT + ": the server's answer is none of LCAP: ")
                .hasMessageContaining(message);
    }
}
