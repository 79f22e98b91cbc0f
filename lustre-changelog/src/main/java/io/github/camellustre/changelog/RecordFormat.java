// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which optional fields of a record its reader understands: the source of a rename, the job, and the extra fields (user
 * and group, NID, open mode, xattr name). An MDT sends all that it recorded, and a reader that meets a field which it does
 * not know looks for the name at the wrong place. So what is not understood is taken out, its flag and its bytes, and a
 * NID goes back to its old form where the new one is not understood. What comes out are the bytes that liblustreapi
 * makes of the same record for a reader that asked for these fields; it sets the version flag, too. Extra flags
 * that are not known here are kept. Immutable.
 */
public final class RecordFormat {
    /** As the records came: nothing is changed. */
    public static final RecordFormat RAW = new RecordFormat(0, 0);

    /** What liblustreapi gives to a reader that asked for job ids alone, as LCAP does. */
    public static final RecordFormat JOB_ID = of(RecordLayout.FLAG_RENAME | RecordLayout.FLAG_JOBID, 0);

    private static final int FLAGS = RecordLayout.FLAG_RENAME | RecordLayout.FLAG_JOBID | RecordLayout.FLAG_EXTRA;

    /** By the names of the option {@code extraFlags}. */
    private static final Map<String, Long> EXTRA_FIELDS = new LinkedHashMap<>();

    static {
        EXTRA_FIELDS.put("uidgid", RecordLayout.EXTRA_UIDGID);
        EXTRA_FIELDS.put("nid", RecordLayout.EXTRA_NID | RecordLayout.EXTRA_NID_BE);
        EXTRA_FIELDS.put("omode", RecordLayout.EXTRA_OPEN);
        EXTRA_FIELDS.put("xattr", RecordLayout.EXTRA_XATTR);
    }

    private final int strippedFlags;
    private final long strippedExtraFlags;

    private RecordFormat(int strippedFlags, long strippedExtraFlags) {
        this.strippedFlags = strippedFlags;
        this.strippedExtraFlags = strippedExtraFlags;
    }

    /**
     * What a reader understands, as bits of a record; others mean nothing here.
     *
     * @param flags 0x2000 source of a rename, 0x4000 job, 0x8000 extra flags
     * @param extraFlags 0x1 user and group, 0x2 NID, 0x4 open mode, 0x8 xattr name, 0x10 the NID's form for IPv6; without
     *     0x8000 in {@code flags} none of them stays
     */
    public static RecordFormat of(int flags, long extraFlags) {
        return new RecordFormat(FLAGS & ~flags, RecordLayout.EXTRA_KNOWN & ~extraFlags);
    }

    /**
     * Everything but those extra fields that are not named.
     *
     * @param names joined with commas, or {@code none}
     * @throws IllegalArgumentException naming what is possible
     */
    public static RecordFormat withExtraFields(String names) {
        long kept = 0;
        if (!names.strip().equals("none")) {
            for (String name : names.split(",", -1)) {
                Long bits = EXTRA_FIELDS.get(name.strip());
                if (bits == null) {
                    throw new IllegalArgumentException("extraFlags=" + names + ": '" + name.strip()
                            + "' is unknown; use none, or one or more of " + String.join(",", EXTRA_FIELDS.keySet()));
                }
                kept |= bits;
            }
        }
        return kept == RecordLayout.EXTRA_KNOWN ? RAW : of(FLAGS, kept);
    }

    /** Whether records keep the field that the option {@code extraFlags} calls so. */
    public boolean keepsExtraField(String name) {
        return (strippedExtraFlags & EXTRA_FIELDS.get(name)) == 0;
    }

    /** The block with its records in this format: the block itself if that changes none of them. */
    public RecordBlock encode(RecordBlock block) {
        if (!changesAny(block)) {
            return block;
        }
        byte[] bytes = new byte[block.length()];
        int length = write(block, 0, block.count(), bytes, 0);
        return RecordBlock.frame(block.mdt(), length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    /**
     * Writes the records {@code [from, to)} of a batch in this format, back to back, straight to where they are wanted.
     *
     * @param into has room for {@link ChangelogBatch#rawLength} bytes at {@code at}: no format makes a record longer
     * @return how many bytes were written
     */
    public int encode(ChangelogBatch batch, int from, int to, byte[] into, int at) {
        Objects.checkFromToIndex(from, to, batch.size());
        if (this == RAW) {
            return batch.writeTo(from, to, into, at);
        }
        RecordBlock block = batch.block();
        if (block != null) {
            return write(block, batch.firstOfBlock() + from, batch.firstOfBlock() + to, into, at);
        }
        RecordEncoder encoder = encoder(into, at);
        for (int position = from; position < to; position++) {
            ChangelogRecord record = batch.get(position);
            encoder.write(record.bytes(), record.offset(), record.offset() + record.length());
        }
        return encoder.end() - at;
    }

    private int write(RecordBlock block, int from, int to, byte[] into, int at) {
        RecordEncoder encoder = encoder(into, at);
        byte[] bytes = block.bytes();
        int unwritten = block.offset(from);
        for (int record = from; record < to; record++) {
            int offset = block.offset(record);
            if (changes(bytes, offset)) {
                encoder.copy(bytes, unwritten, offset);
                unwritten = block.offset(record + 1);
                encoder.write(bytes, offset, unwritten);
            }
        }
        encoder.copy(bytes, unwritten, block.offset(to));
        return encoder.end() - at;
    }

    private RecordEncoder encoder(byte[] into, int at) {
        return new RecordEncoder(strippedFlags, strippedExtraFlags, into, at);
    }

    private boolean changesAny(RecordBlock block) {
        if (this != RAW) {
            for (int record = 0; record < block.count(); record++) {
                if (changes(block.bytes(), block.offset(record))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean changes(byte[] bytes, int offset) {
        int flags = RecordLayout.u16(bytes, offset + RecordLayout.FLAGS);
        if ((flags & RecordLayout.FLAG_VERSION) == 0 || (flags & strippedFlags) != 0) {
            return true;
        }
        return (flags & RecordLayout.FLAG_EXTRA) != 0
                && (RecordLayout.u64(bytes, offset + RecordLayout.fixedSize(flags) - RecordLayout.EXTRA_SIZE)
                                & strippedExtraFlags)
                        != 0;
    }
}
