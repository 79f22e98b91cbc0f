// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NidTest {
    @ParameterizedTest
    @CsvSource({
        "0x0009000000000000,0@lo",
        "0x000200000a000210,10.0.2.16@tcp",
        "0x000200010a000210,10.0.2.16@tcp1",
        "0x00050000c0a80001,192.168.0.1@o2ib",
        "0x00050005c0a80001,192.168.0.1@o2ib5",
        "0x000d00000000002a,42@gni",
        "0x000d0003ffffffff,4294967295@gni3",
        "0x000e00000a000001,10.0.0.1@gip",
        "0x000f000000000007,7@ptlf",
        "0x0010000000000007,7@kfi",
        "0x0010000200000007,7@kfi2",
        "0x0000000000000000,0@<0:0>",
        "0x001100030a000001,a000001@<17:3>",
        "0xffffffffffffffff,<?>"
    })
    void theOldForm(String number, String text) {
        Nid nid = Nid.ofLong(Long.parseUnsignedLong(number.substring(2), 16));
        assertThat(nid).hasToString(text).isEqualTo(Nid.parse(text));
        assertThat(Long.toHexString(nid.toLong())).isEqualTo(number.substring(2).replaceFirst("^0+(?!$)", ""));
        byte[] struct = new byte[20];
        nid.toStruct(struct, 0);
        assertThat(Nid.ofStruct(struct, 0)).isEqualTo(nid).hasSameHashCodeAs(nid);
    }

    @ParameterizedTest
    @CsvSource({
        "fd770000,0,0,2,fd77::2@tcp2",
        "0,0,0,1,::1@tcp2",
        "0,0,0,0,::@tcp2",
        "20010db8,0,10000,1,2001:db8::1:0:0:1@tcp2",
        "20010db8,10001,10001,10001,2001:db8:1:1:1:1:1:1@tcp2",
        "20010db8,1,1,1,2001:db8:0:1:0:1:0:1@tcp2",
        "10000,0,0,0,1::@tcp2",
        "0,0,ffff,a000001,::ffff:10.0.0.1@tcp2",
        "0,0,0,a000001,::10.0.0.1@tcp2",
        "fe800000,0,a00ff,fe001234,fe80::a:ff:fe00:1234@tcp2"
    })
    void ipv6(String a, String b, String c, String d, String text) {
        Nid nid = Nid.of(2, 2, hex(a), hex(b), hex(c), hex(d));
        assertThat(nid).hasToString(text).isEqualTo(Nid.parse(text));
        assertThat(nid.fitsLong()).isFalse();
        assertThat(nid.toLong()).isZero();
        byte[] struct = new byte[20];
        nid.toStruct(struct, 0);
        assertThat(struct).startsWith(12, 2, 0, 2);
        assertThat(Nid.ofStruct(struct, 0)).isEqualTo(nid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1",
                "10.0.0@tcp",
                "10.0.0.256@tcp",
                "fd77:0:0:2@<255:7>",
                "010.0.0.1@tcp",
                "1@lo0",
                "x@gni",
                "1@tcp",
                "1@nonet",
                "fd77:0:0:0:0:0:0:2@tcp",
                "::g@tcp",
                ":::@tcp",
                "1@<2:0>",
                "0@<0>",
                "@tcp",
                "@",
                "0@<0:99999>",
                "1:2:3:4:5:6:7:8:9@tcp",
                "1.2.3.4@tcp99999"
            })
    void whatLustreDoesNotPrintIsNoNid(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Nid.parse(text));
    }

    @Property
    void anyNidReadsBack(@ForAll("nids") Nid nid) {
        assertThat(Nid.parse(nid.toString())).isEqualTo(nid);
        byte[] struct = new byte[20];
        nid.toStruct(struct, 0);
        assertThat(Nid.ofStruct(struct, 0)).isEqualTo(nid);
    }

    @Provide
    Arbitrary<Nid> nids() {
        return RecordArbitraries.nid();
    }

    private static int hex(String number) {
        return Integer.parseUnsignedInt(number, 16);
    }
}
