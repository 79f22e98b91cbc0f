// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Begins a session: one MDT of one connection, in a group.
 *
 * @param flags the constants of this type
 * @param firstIndex liblcapclient's; a server has one position for a group, and does not look at it
 * @param mdt must be that of the envelope if a group is named
 */
public record Start(int flags, long firstIndex, String mdt, GroupName group) implements Request {
    /** liblcapclient's own four, at which a server does not look. */
    public static final int FOLLOW = 0x1;

    public static final int BLOCK = 0x2;
    public static final int DIRECT = 0x4;
    public static final int JOBID = 0x8;

    /** A DEQUEUE may be answered late, at the latest after a second. Marks a reader of ours: its leases are short. */
    public static final int LONG_POLL = 0x100;
    /** The reader understands extra flags; else they are taken out. */
    public static final int EXTRA = 0x200;

    private static final char GROUP_MARK = '@';

    /**
     * @throws IllegalArgumentException MDT and group do not fit into a request
     */
    public Start {
        Objects.requireNonNull(group);
        if (name(mdt, group).length >= Layout.START_NAME_SIZE) {
            throw new IllegalArgumentException("MDT '" + mdt + "' and group '" + group + "' are too long: together "
                    + (Layout.START_NAME_SIZE - 2) + " bytes at most");
        }
    }

    @Override
    public byte[] encode() {
        byte[] bytes = Layout.message(Layout.START, Layout.START_SIZE);
        Layout.u32(bytes, Layout.START_FLAGS, flags);
        Layout.u64(bytes, Layout.START_INDEX, firstIndex);
        byte[] name = name(mdt, group);
        System.arraycopy(name, 0, bytes, Layout.START_NAME, name.length);
        return bytes;
    }

    static Start decode(byte[] bytes) throws RequestException {
        int end = Layout.START_NAME;
        while (end < Layout.START_SIZE && bytes[end] != 0) {
            end++;
        }
        String name = new String(bytes, Layout.START_NAME, end - Layout.START_NAME, StandardCharsets.ISO_8859_1);
        int mark = name.indexOf(GROUP_MARK);
        try {
            return new Start(
                    Layout.u32(bytes, Layout.START_FLAGS),
                    Layout.u64(bytes, Layout.START_INDEX),
                    mark < 0 ? name : name.substring(0, mark),
                    mark < 0 ? GroupName.DEFAULT : new GroupName(name.substring(mark + 1)));
        } catch (IllegalArgumentException e) {
            throw new RequestException(ReturnCode.EINVAL, "START: " + e.getMessage());
        }
    }

    private static byte[] name(String mdt, GroupName group) {
        String name = group.equals(GroupName.DEFAULT) ? mdt : mdt + GROUP_MARK + group;
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
