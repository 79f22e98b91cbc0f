// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

/** What an ACK says: 0, 1 or a negative errno, with the numbers of Linux. */
public final class ReturnCode {
    public static final int OK = 0;
    /** Of a DEQUEUE: no record is there now. */
    public static final int NOTHING_NOW = 1;

    public static final int ENOENT = -2;
    public static final int EAGAIN = -11;
    public static final int EBUSY = -16;
    public static final int ENODEV = -19;
    public static final int EINVAL = -22;
    public static final int EPROTO = -71;
    public static final int EALREADY = -114;

    private ReturnCode() {}

    /** For messages: {@code -71 (EPROTO)}. */
    public static String text(int code) {
        String name = switch (code) {
            case ENOENT -> "ENOENT";
            case EAGAIN -> "EAGAIN";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case EPROTO -> "EPROTO";
            case EALREADY -> "EALREADY";
            default -> null;
        };
        return name == null ? Integer.toString(code) : code + " (" + name + ")";
    }
}
