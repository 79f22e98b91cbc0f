// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as liblcapclient and we put them on the wire, byte for byte, and what is answered to what is none. */
class RequestTest {
    /** fs-MDT0000 and 118 NUL. */
    private static final String OLD_NAME = "66 73 2d 4d 44 54 30 30 30 30" + "00".repeat(118);

    @Test
    void startOfAnOldClient() throws RequestException {
        Start start =
                (Start) Request.decode(Hex.bytes("00000000 00000000 0a000000 00000000 8813000000000000" + OLD_NAME));

        assertThat(start).isEqualTo(new Start(Start.BLOCK | Start.JOBID, 5000, "fs-MDT0000", GroupName.DEFAULT));
        assertThat(start.encode())
                .isEqualTo(Hex.bytes("00000000 00000000 0a000000 00000000 8813000000000000" + OLD_NAME));
    }

    @Test
    void startNamesItsGroupBehindTheMdt() throws RequestException {
        Start start = new Start(Start.LONG_POLL | Start.EXTRA, -1, "fs-MDT0000", new GroupName("robin.hood"));

        assertThat(start.encode())
                .isEqualTo(Hex.bytes("00000000 00000000 00030000 00000000 ffffffffffffffff"
                        + "66 73 2d 4d 44 54 30 30 30 30 40 72 6f 62 69 6e 2e 68 6f 6f 64" + "00".repeat(107)));
        assertThat(Request.decode(start.encode())).isEqualTo(start);
    }

    @Test
    void garbageBehindTheNulOfAnMdtsNameIsNotLookedAt() throws RequestException {
        byte[] bytes = new Start(0, 0, "fs-MDT0000", GroupName.DEFAULT).encode();
        Arrays.fill(bytes, 24 + 11, bytes.length, (byte) '@');

        assertThat(Request.decode(bytes)).isEqualTo(new Start(0, 0, "fs-MDT0000", GroupName.DEFAULT));
    }

    @Test
    void aNameWithoutNulIsRefused() {
        byte[] bytes = new Start(0, 0, "fs-MDT0000", GroupName.DEFAULT).encode();
        Arrays.fill(bytes, 24, bytes.length, (byte) 'x');

        assertRefused(bytes, ReturnCode.EINVAL, "too long");
    }

    @ParameterizedTest
    @CsvSource({"''", "a b", "robinhood/", "ü", "'0123456789012345678901234567890123456789012345678901234567890123x'"})
    void groupThatIsNoName(String group) {
        byte[] bytes = new Start(0, 0, "fs-MDT0000", GroupName.DEFAULT).encode();
        byte[] name = Envelope.mdtFrame("fs-MDT0000@" + group);
        System.arraycopy(name, 0, bytes, 24, name.length);

        assertRefused(bytes, ReturnCode.EINVAL, "START: no name of a group: '" + group + "'");
    }

    @Test
    void theOthers() throws RequestException {
        check(new Request.Dequeue(), "01000000 00000000");
        check(new Request.Clear(1001), "02000000 00000000 e903000000000000 00000000");
        check(new Request.Clear(-1), "02000000 00000000 ffffffffffffffff 00000000");
        check(new Request.Fini(), "03000000 00000000");
        check(new Option.Filter("type = CREAT"), "07000000 00000000 01000000 0c000000 74797065203d204352454154");
        check(new Option.Filter(""), "07000000 00000000 01000000 00000000");
        check(new Option.Batch(8192), "07000000 00000000 02000000 04000000 00200000");
        check(new Option.Lease(Duration.ofMinutes(1)), "07000000 00000000 03000000 04000000 3c000000");
    }

    @Test
    void clearOfAnOldClientHasUserAndMdtBehindIt() throws RequestException {
        assertThat(Request.decode(
                        Hex.bytes("02000000 00000000 e903000000000000 0f000000" + "636c3100 66732d4d44543030303000")))
                .isEqualTo(new Request.Clear(1001));
    }

    @Test
    void clearWithoutWhatIsNotLookedAt() throws RequestException {
        assertThat(Request.decode(Hex.bytes("02000000 00000000 e903000000000000")))
                .isEqualTo(new Request.Clear(1001));
    }

    @Test
    void batchBeyondEveryBoundIsTheLargest() throws RequestException {
        assertThat(Request.decode(Hex.bytes("07000000 00000000 02000000 04000000 ffffffff")))
                .isEqualTo(new Option.Batch(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "'', -71, its head alone has 8",
        "01000000000000, -71, its head alone has 8",
        "0000000000000000, -22, START of 8 bytes",
        "020000000000000000000000000000, -22, CLEAR of 15 bytes",
        "0400000000000000 00000000, -22, op 4",
        "0500000000000000 00000000, -22, op 5",
        "0600000000000000, -22, op 6",
        "0800000000000000, -22, op 8",
        "ffffffff00000000, -22, op 4294967295",
        "07000000 00000000 01000000, -22, SETOPT of 12 bytes",
        "07000000 00000000 01000000 01000000, -22, 'a value of 1 bytes, of which 0 are there'",
        "07000000 00000000 01000000 ffffffff, -22, a value of 4294967295 bytes",
        "07000000 00000000 01000000 01000000 ff, -22, not UTF-8",
        "07000000 00000000 00000000 00000000, -22, unknown option 0",
        "07000000 00000000 04000000 00000000, -22, unknown option 4",
        "07000000 00000000 02000000 02000000 0100, -22, a number of 2 bytes",
        "07000000 00000000 02000000 04000000 00000000, -22, no batch of 0",
        "07000000 00000000 03000000 04000000 00000000, -22, no lease of 0",
        "07000000 00000000 03000000 04000000 110e0000, -22, no lease of 3601000 ms",
    })
    void noRequest(String hex, int code, String message) {
        assertRefused(Hex.bytes(hex), code, message);
    }

    @Test
    void whatDoesNotFitIntoARequest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Start(0, 0, "m".repeat(64), new GroupName("g".repeat(63))))
                .withMessageContaining("too long");
        assertThatIllegalArgumentException().isThrownBy(() -> new Option.Lease(Duration.ofMillis(1500)));
    }

    private static void check(Request request, String hex) throws RequestException {
        assertThat(request.encode()).isEqualTo(Hex.bytes(hex));
        assertThat(Request.decode(Hex.bytes(hex))).isEqualTo(request);
    }

    private static void assertRefused(byte[] bytes, int code, String message) {
        assertThatThrownBy(() -> Request.decode(bytes))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((RequestException) e).returnCode())
                .isEqualTo(code);
    }
}
