// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.List;

/**
 * The kind of a changelog record. A newer server may send numbers that are unknown here; they are kept, with their
 * number as name.
 */
public final class RecordType {
    private static final List<RecordType> KNOWN = names(
            "MARK", "CREAT", "MKDIR", "HLINK", "SLINK", "MKNOD", "UNLNK", "RMDIR", "RENME", "RNMTO", "OPEN", "CLOSE",
            "LYOUT", "TRUNC", "SATTR", "XATTR", "HSM", "MTIME", "CTIME", "ATIME", "MIGRT", "FLRW", "RESYNC", "GXATR",
            "NOPEN");

    public static final RecordType MARK = KNOWN.get(0);
    public static final RecordType CREAT = KNOWN.get(1);
    public static final RecordType MKDIR = KNOWN.get(2);
    public static final RecordType HLINK = KNOWN.get(3);
    public static final RecordType SLINK = KNOWN.get(4);
    public static final RecordType MKNOD = KNOWN.get(5);
    public static final RecordType UNLNK = KNOWN.get(6);
    public static final RecordType RMDIR = KNOWN.get(7);
    public static final RecordType RENME = KNOWN.get(8);
    public static final RecordType RNMTO = KNOWN.get(9);
    public static final RecordType OPEN = KNOWN.get(10);
    public static final RecordType CLOSE = KNOWN.get(11);
    public static final RecordType LYOUT = KNOWN.get(12);
    public static final RecordType TRUNC = KNOWN.get(13);
    public static final RecordType SATTR = KNOWN.get(14);
    public static final RecordType XATTR = KNOWN.get(15);
    public static final RecordType HSM = KNOWN.get(16);
    public static final RecordType MTIME = KNOWN.get(17);
    public static final RecordType CTIME = KNOWN.get(18);
    public static final RecordType ATIME = KNOWN.get(19);
    public static final RecordType MIGRT = KNOWN.get(20);
    public static final RecordType FLRW = KNOWN.get(21);
    public static final RecordType RESYNC = KNOWN.get(22);
    public static final RecordType GXATR = KNOWN.get(23);
    public static final RecordType NOPEN = KNOWN.get(24);

    private static final int NAME_SPACE = bits(CREAT, MKDIR, HLINK, SLINK, MKNOD, UNLNK, RMDIR, RENME, MIGRT);

    private final int number;
    private final String text;

    private RecordType(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The type of that number; the same object for the same known number. */
    public static RecordType of(int number) {
        return number >= 0 && number < KNOWN.size()
                ? KNOWN.get(number)
                : new RecordType(number, Integer.toUnsignedString(number));
    }

    /**
     * @param text a name as {@code lfs changelog} prints it, or a number
     * @throws IllegalArgumentException if it is neither
     */
    public static RecordType parse(String text) {
        for (RecordType type : KNOWN) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        try {
            return of(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("unknown record type '" + text + "': known are " + KNOWN + ", or a number", e);
        }
    }

    /**
     * Whether records of this type make, move or remove a name. In these alone the parent FID can be trusted: elsewhere it
     * may be a left-over of another operation.
     */
    public boolean changesNameSpace() {
        return changesNameSpace(number);
    }

    static boolean changesNameSpace(int number) {
        return number >= 0 && number < KNOWN.size() && (NAME_SPACE >>> number & 1) != 0;
    }

    private static int bits(RecordType... types) {
        int bits = 0;
        for (RecordType type : types) {
            bits |= 1 << type.number;
        }
        return bits;
    }

    /** All types that this version knows, by number. */
    public static List<RecordType> known() {
        return KNOWN;
    }

    public int number() {
        return number;
    }

    /** Name as {@code lfs changelog} prints it, {@code CREAT}; for an unknown type its number. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType that && that.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    private static List<RecordType> names(String... names) {
        RecordType[] types = new RecordType[names.length];
        for (int i = 0; i < names.length; i++) {
            types[i] = new RecordType(i, names[i]);
        }
        return List.of(types);
    }
}
