// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records of every type with every combination of extensions, and names that no one would choose. */
public final class RecordArbitraries {
    /** Without " nid=": a record without extra flags whose name has all of " ef= u= nid=" does not print the same again. Pieces that make texts look like other fields, like records, or unlike text. */
    private static final String[] PIECES = {
        "a",
        " ",
        "\n",
        "  ",
        "é",
        "\u65e5\u672c",
        "p=[0x1:0x2:0x3]",
        " p=[0x1:0x2:0x3]",
        "j=x",
        " ef=0x13",
        " ef=0x0",
        " u=0:0",
        " m=rw-",
        " x=user.a",
        " s=[0x1:0x2:0x3] sp=[0x4:0x5:0x6] ",
        " s=[0x1:0x2:0x3]",
        " t=[0x1:0x2:0x3]",
        "=",
        "[0:0x0:0x0]",
        "\n5 01CREAT 09:56:27.832146180 2026.11.22 0x0 t=[0x1:0x2:0x3]"
    };

    private RecordArbitraries() {}

    /** Bytes of a name, a job or an xattr name: anything but NUL and slash, never empty. */
    public static Arbitrary<byte[]> text(int max) {
        Arbitrary<byte[]> wild = Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(max);
        Arbitrary<byte[]> likeFields = Arbitraries.of(PIECES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(pieces -> cut(String.join("", pieces), max));
        return Arbitraries.oneOf(wild, likeFields);
    }

    public static Arbitrary<Fid> fid() {
        Arbitrary<Fid> any = Combinators.combine(Arbitraries.longs(), Arbitraries.integers(), Arbitraries.integers())
                .as(Fid::new);
        return Arbitraries.oneOf(any, Arbitraries.just(Fid.ZERO), Arbitraries.just(new Fid(0x200000402L, 3, 0)));
    }

    public static Arbitrary<Nid> nid() {
        Arbitrary<int[]> address = Arbitraries.oneOf(
                Arbitraries.integers().array(int[].class).ofSize(1),
                Arbitraries.of(0, 1, 0xffff, 0xfd770000, -1).array(int[].class).ofSize(4));
        return Combinators.combine(
                        Arbitraries.of(2, 5, 9, 13, 14, 15, 16, 18, 0, 17, 200),
                        Arbitraries.integers().between(0, 0xffff),
                        address)
                .as((type, number, words) ->
                        // Networks with numeric addresses have one word.
                        Nid.of(
                                type,
                                number,
                                type == 9 || type == 13 || type == 15 || type == 16 ? new int[] {words[0]} : words));
    }

    /** What every type and flag can be, unknown ones too; no names and no extensions yet. */
    public static Arbitrary<RecordBuilder> heads() {
        Arbitrary<Integer> types = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 30), Arbitraries.of(8, 20, 1, 15), Arbitraries.integers());
        return Combinators.combine(
                        types,
                        Arbitraries.longs(),
                        Arbitraries.longs().between(0, (1L << 34) - 1),
                        Arbitraries.integers().between(0, (1 << 30) - 1),
                        Arbitraries.integers().between(0, 0xfff),
                        fid(),
                        fid())
                .as((type, index, seconds, nanos, flags, target, parent) -> new RecordBuilder()
                        .reset(type)
                        .index(index)
                        .time(seconds, nanos)
                        .typeFlags(flags)
                        .target(target)
                        .parent(parent));
    }

    /** Any combination of extensions, on any type. */
    public static Arbitrary<RecordBuilder> records() {
        return heads().flatMap(head -> Combinators.combine(
                        Arbitraries.integers().between(0, 0x3ff),
                        fid(),
                        text(31),
                        nid(),
                        text(255),
                        text(255),
                        text(255),
                        Arbitraries.longs())
                .as((chosen, source, job, nid, xattr, name, oldName, number) -> {
                    if ((chosen & 0x1) != 0) {
                        head.rename(source, new Fid(number, 1, 2));
                    }
                    if ((chosen & 0x2) != 0) {
                        head.job(job);
                    }
                    if ((chosen & 0x4) != 0) {
                        head.extraFlags(0);
                        if ((chosen & 0x8) != 0) {
                            head.uidGid(number, ~number);
                        }
                        if ((chosen & 0x10) != 0 && (chosen & 0x20) != 0) {
                            head.oldNid(nid);
                        } else if ((chosen & 0x10) != 0) {
                            head.nid(nid);
                        }
                        if ((chosen & 0x40) != 0) {
                            head.openFlags(number.intValue());
                        }
                        if ((chosen & 0x80) != 0) {
                            head.xattr(xattr);
                        }
                        if (number % 5 == 0) {
                            head.extraFlags(0xff00L);
                        }
                    }
                    if ((chosen & 0x100) != 0) {
                        head.name(name);
                        if ((chosen & 0x1) != 0) {
                            head.oldName(oldName, 0, (chosen & 0x200) != 0 ? oldName.length : 0);
                        }
                    }
                    return head;
                }));
    }

    private static byte[] cut(String text, int max) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return bytes.length <= max ? bytes : java.util.Arrays.copyOf(bytes, max);
    }
}
