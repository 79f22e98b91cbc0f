// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which of a record's extra fields are kept: user and group, NID, open mode, xattr name. Lustre's kernel always sends all
 * that the server recorded, and liblustreapi strips in user space what {@code llapi_changelog_set_xflags} did not ask for;
 * this does the same, for every source. Extra flags that are not known here are kept.
 */
public final class ExtraFlags {
    private static final Map<String, Long> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("uidgid", RecordLayout.EXTRA_UIDGID);
        NAMES.put("nid", RecordLayout.EXTRA_NID | RecordLayout.EXTRA_NID_BE);
        NAMES.put("omode", RecordLayout.EXTRA_OPEN);
        NAMES.put("xattr", RecordLayout.EXTRA_XATTR);
    }

    private static final long ALL_KNOWN =
            NAMES.values().stream().mapToLong(Long::longValue).reduce(0, (a, b) -> a | b);

    /** Nothing is stripped. */
    public static final ExtraFlags ALL = new ExtraFlags(0);

    private final long stripped;

    private ExtraFlags(long stripped) {
        this.stripped = stripped;
    }

    /**
     * Reads names joined with commas, or {@code none}.
     *
     * @throws IllegalArgumentException naming what is possible
     */
    public static ExtraFlags parse(String text) {
        long stripped = ALL_KNOWN;
        if (!text.strip().equals("none")) {
            for (String name : text.split(",", -1)) {
                Long bits = NAMES.get(name.strip());
                if (bits == null) {
                    throw new IllegalArgumentException("extraFlags=" + text + ": '" + name.strip()
                            + "' is unknown; use none, or one or more of " + String.join(",", NAMES.keySet()));
                }
                stripped &= ~bits;
            }
        }
        return stripped == 0 ? ALL : new ExtraFlags(stripped);
    }

    /** The block itself if there is nothing to strip. */
    public RecordBlock keptOf(RecordBlock block) {
        return stripped == 0 || block.isEmpty() ? block : RecordBlock.frame(block.mdt(), strip(block));
    }

    private byte[] strip(RecordBlock block) {
        byte[] from = block.bytes();
        byte[] to = new byte[block.length()];
        int end = 0;
        for (int record = 0; record < block.count(); record++) {
            int offset = block.offset(record);
            end = strip(from, offset, offset + block.length(record, record + 1), to, end);
        }
        return Arrays.copyOf(to, end);
    }

    /** @return where the next record begins in {@code to} */
    private int strip(byte[] from, int offset, int limit, byte[] to, int start) {
        int flags = RecordLayout.u32(from, offset) >>> 16;
        int at = offset;
        int end = start;
        if ((flags & RecordLayout.FLAG_EXTRA) != 0) {
            int fixed = RecordLayout.fixedSize(flags);
            System.arraycopy(from, at, to, end, fixed);
            at += fixed;
            end += fixed;
            long extra = RecordLayout.u64(from, at - RecordLayout.EXTRA_SIZE);
            RecordLayout.LONG.set(to, end - RecordLayout.EXTRA_SIZE, extra & ~stripped);
            for (long bit = RecordLayout.EXTRA_UIDGID; bit <= RecordLayout.EXTRA_XATTR; bit <<= 1) {
                int size = RecordLayout.extraSize(extra & bit);
                if ((stripped & bit) == 0) {
                    System.arraycopy(from, at, to, end, size);
                    end += size;
                }
                at += size;
            }
        }
        System.arraycopy(from, at, to, end, limit - at);
        return end + limit - at;
    }
}
