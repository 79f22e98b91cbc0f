// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;

/**
 * A Lustre network identifier: which client, {@code 10.0.2.16@tcp}, {@code fd77::2@tcp2}, {@code 0@lo}. Immutable; equal
 * by value, whichever of the two forms it came in: the 64-bit {@code lnet_nid_t} (addresses of 32 bits only) and the
 * big-endian {@code struct lnet_nid} of 20 bytes (up to 128 bits).
 */
public final class Nid {
    /** What a record made by the server itself carries; prints as {@code 0@<0:0>}. */
    public static final Nid ZERO = new Nid(0, 0, new int[1]);

    private static final int ANY_TYPE = 0xff;
    private static final Nid ANY = new Nid(ANY_TYPE, 0xffff, new int[] {-1});
    static final int STRUCT_SIZE = 20;

    private final int type;
    private final int number;
    private final int[] address;

    private Nid(int type, int number, int[] address) {
        this.type = type;
        this.number = number;
        this.address = address;
    }

    /**
     * @param type number of the network driver, 0..254: 2 tcp, 5 o2ib, 9 lo, 13 gni...
     * @param number of the network, 0..65535: 2 in {@code tcp2}
     * @param address one to four words of 32 bits, most significant first
     */
    public static Nid of(int type, int number, int... address) {
        if (type < 0 || type >= ANY_TYPE || number < 0 || number > 0xffff || address.length < 1 || address.length > 4) {
            throw new IllegalArgumentException(
                    "no NID: type " + type + ", network " + number + ", address of " + address.length + " words");
        }
        return new Nid(type, number, address.clone());
    }

    /** From the 64-bit form. */
    public static Nid ofLong(long nid) {
        if (nid == 0) {
            return ZERO;
        }
        if (nid == -1) {
            return ANY;
        }
        return new Nid((int) (nid >>> 48) & 0xff, (int) (nid >>> 32) & 0xffff, new int[] {(int) nid});
    }

    /** From a {@code struct lnet_nid}; {@code bytes} must hold 20 bytes there. */
    public static Nid ofStruct(byte[] bytes, int at) {
        int type = bytes[at + 1] & 0xff;
        if (type == ANY_TYPE) {
            return ANY;
        }
        int words = Math.min(4, ((bytes[at] & 0xff) + 4 + 3) / 4);
        int[] address = new int[words];
        for (int i = 0; i < words; i++) {
            address[i] = Integer.reverseBytes(RecordLayout.u32(bytes, at + 4 + 4 * i));
        }
        return new Nid(type, (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff, address);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Nid parse(String text) {
        return NidText.parse(text);
    }

    static Nid any() {
        return ANY;
    }

    public int type() {
        return type;
    }

    public int number() {
        return number;
    }

    /** Words of 32 bits, most significant first; a copy. */
    public int[] address() {
        return address.clone();
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** True if the address has 32 bits, so that the 64-bit form can hold it. */
    public boolean fitsLong() {
        return address.length == 1;
    }

    /** The 64-bit form; 0 where the address does not fit, as Lustre does it. */
    public long toLong() {
        if (!fitsLong()) {
            return 0;
        }
        return equals(ANY) ? -1 : (long) type << 48 | (long) number << 32 | address[0] & 0xffffffffL;
    }

    /** Writes the {@code struct lnet_nid}, 20 bytes. */
    void toStruct(byte[] bytes, int at) {
        Arrays.fill(bytes, at, at + STRUCT_SIZE, (byte) 0);
        bytes[at] = (byte) (4 * (address.length - 1));
        bytes[at + 1] = (byte) type;
        bytes[at + 2] = (byte) (number >>> 8);
        bytes[at + 3] = (byte) number;
        for (int i = 0; i < address.length; i++) {
            RecordLayout.INT.set(bytes, at + 4 + 4 * i, Integer.reverseBytes(address[i]));
        }
    }

    /** As Lustre prints it. */
    @Override
    public String toString() {
        return equals(ANY) ? NidText.ANY : NidText.of(type, number, address);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nid that
                && that.type == type
                && that.number == number
                && Arrays.equals(that.address, address);
    }

    @Override
    public int hashCode() {
        return (type * 31 + number) * 31 + Arrays.hashCode(address);
    }
}
