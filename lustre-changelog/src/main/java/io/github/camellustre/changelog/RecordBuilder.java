// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes the bytes of a changelog record, with any combination of extensions. Reusable: {@link #reset} and set again;
 * {@link #encode} allocates nothing. Not for several threads at once. Arrays that are handed in are kept, not copied,
 * until the next {@link #reset}.
 */
public final class RecordBuilder {
    /** No record that this builder makes is larger. */
    public static final int MAX_RECORD = RecordLayout.MAX_RECORD;

    private static final byte[] NONE = new byte[0];
    private static final int MAX_JOB = RecordLayout.JOBID_SIZE;

    private int flags;
    private int type;
    private long index;
    private long previous;
    private long time;
    private final long[] fids = new long[8];
    private long extraFlags;
    private long uid;
    private long gid;
    private final byte[] nid = new byte[RecordLayout.NID_SIZE];
    private int openFlags;
    private byte[] job = NONE;
    private byte[] xattr = NONE;
    private byte[] name = NONE;
    private int nameFrom;
    private int nameLength;
    private byte[] oldName = NONE;
    private int oldNameFrom;
    private int oldNameLength = -1;

    public RecordBuilder() {
        reset(RecordType.MARK.number());
    }

    public RecordBuilder(RecordType type) {
        reset(type.number());
    }

    /** Starts anew: all zero, no extension, and the VERSION flag as an MDT sets it: on all but RENME and MIGRT. */
    public RecordBuilder reset(int typeNumber) {
        type = typeNumber;
        flags = typeNumber == RecordType.RENME.number() || typeNumber == RecordType.MIGRT.number()
                ? 0
                : RecordLayout.FLAG_VERSION;
        index = 0;
        previous = 0;
        time = 0;
        Arrays.fill(fids, 0);
        extraFlags = 0;
        Arrays.fill(nid, (byte) 0);
        openFlags = 0;
        job = NONE;
        xattr = NONE;
        nameLength = 0;
        oldNameLength = -1;
        return this;
    }

    /** Everything that a record holds but the garbage behind its job and xattr name. */
    public RecordBuilder from(ChangelogRecord record) {
        return from(new RecordCursor().moveTo(record));
    }

    /** Everything that a record holds but the garbage behind its job and xattr name; keeps the record's array for the name. */
    public RecordBuilder from(RecordCursor record) {
        reset(record.typeNumber());
        byte[] bytes = record.bytes();
        flags = record.flags();
        index = record.index();
        previous = RecordLayout.u64(bytes, record.offset() + RecordLayout.PREVIOUS);
        time = record.rawTime();
        extraFlags = record.extraFlags();
        for (int i = 0; i < (record.hasRename() ? 8 : 4); i++) {
            fids[i] = RecordLayout.u64(bytes, record.offset() + RecordLayout.TARGET_FID + 8 * i);
        }
        if (record.hasJobId()) {
            job = Arrays.copyOfRange(bytes, record.jobFrom(), record.jobTo());
        }
        if (record.hasUidGid()) {
            uid = record.uid();
            gid = record.gid();
        }
        if (record.hasNid()) {
            System.arraycopy(bytes, record.nidAt(), nid, 0, nid.length);
        }
        openFlags = record.openFlags();
        if (record.hasXattr()) {
            xattr = Arrays.copyOfRange(bytes, record.xattrFrom(), record.xattrTo());
        }
        return name(bytes, record.nameFrom(), record.end() - record.nameFrom());
    }

    public RecordBuilder index(long value) {
        index = value;
        return this;
    }

    public RecordBuilder previousIndex(long value) {
        previous = value;
        return this;
    }

    public RecordBuilder time(long seconds, int nanos) {
        time = seconds << 30 | nanos & RecordLayout.NANOS_MASK;
        return this;
    }

    /** The low 12 bits; the others follow from the extensions that are set. */
    public RecordBuilder typeFlags(int value) {
        flags = flags & ~RecordLayout.TYPE_FLAGS | value & RecordLayout.TYPE_FLAGS;
        return this;
    }

    /** The VERSION flag, which liblustreapi sets on every record. */
    public RecordBuilder version(boolean set) {
        flags = set ? flags | RecordLayout.FLAG_VERSION : flags & ~RecordLayout.FLAG_VERSION;
        return this;
    }

    public RecordBuilder target(Fid fid) {
        return fid(0, fid.sequence(), fid.objectId(), fid.version());
    }

    public RecordBuilder target(long sequence, int objectId, int version) {
        return fid(0, sequence, objectId, version);
    }

    public RecordBuilder parent(Fid fid) {
        return fid(1, fid.sequence(), fid.objectId(), fid.version());
    }

    public RecordBuilder parent(long sequence, int objectId, int version) {
        return fid(1, sequence, objectId, version);
    }

    /** Adds the RENAME extension; the old name is set with {@link #oldName}. */
    public RecordBuilder rename(Fid source, Fid sourceParent) {
        return source(source.sequence(), source.objectId(), source.version())
                .sourceParent(sourceParent.sequence(), sourceParent.objectId(), sourceParent.version());
    }

    /** Adds the RENAME extension. */
    public RecordBuilder source(long sequence, int objectId, int version) {
        flags |= RecordLayout.FLAG_RENAME;
        return fid(2, sequence, objectId, version);
    }

    /** Adds the RENAME extension. */
    public RecordBuilder sourceParent(long sequence, int objectId, int version) {
        flags |= RecordLayout.FLAG_RENAME;
        return fid(3, sequence, objectId, version);
    }

    private RecordBuilder fid(int which, long sequence, int objectId, int version) {
        fids[2 * which] = sequence;
        fids[2 * which + 1] = (long) version << 32 | objectId & 0xffffffffL;
        return this;
    }

    /** Adds the JOBID extension; Lustre allows 31 bytes. */
    public RecordBuilder job(String id) {
        return job(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the JOBID extension; Lustre allows 31 bytes, 32 fit. */
    public RecordBuilder job(byte[] id) {
        flags |= RecordLayout.FLAG_JOBID;
        job = limited(id, MAX_JOB, "job id");
        return this;
    }

    /** Adds the EXTRA_FLAGS extension, and its bits that bring no field of their own. */
    public RecordBuilder extraFlags(long bits) {
        flags |= RecordLayout.FLAG_EXTRA;
        extraFlags |= bits;
        return this;
    }

    /** Adds the UIDGID extension. */
    public RecordBuilder uidGid(long user, long group) {
        uid = user;
        gid = group;
        return extraFlags(RecordLayout.EXTRA_UIDGID);
    }

    /** Adds the NID extension in its big-endian form, which an MDT sends to readers that ask for NID_BE. */
    public RecordBuilder nid(Nid value) {
        value.toStruct(nid, 0);
        return extraFlags(RecordLayout.EXTRA_NID | RecordLayout.EXTRA_NID_BE);
    }

    /** Adds the NID extension in its 64-bit form; an address that does not fit becomes zero, as on an MDT. */
    public RecordBuilder oldNid(Nid value) {
        RecordLayout.LONG.set(nid, 0, value.toLong());
        return extraFlags(RecordLayout.EXTRA_NID);
    }

    /** Adds the OPEN extension. */
    public RecordBuilder openFlags(int value) {
        openFlags = value;
        return extraFlags(RecordLayout.EXTRA_OPEN);
    }

    /** Adds the XATTR extension; at most 255 bytes. */
    public RecordBuilder xattr(String attribute) {
        return xattr(attribute.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the XATTR extension; Lustre allows 255 bytes, 256 fit. */
    public RecordBuilder xattr(byte[] attribute) {
        xattr = limited(attribute, RecordLayout.XATTR_SIZE, "xattr name");
        return extraFlags(RecordLayout.EXTRA_XATTR);
    }

    public RecordBuilder name(String text) {
        return name(text.getBytes(StandardCharsets.UTF_8));
    }

    public RecordBuilder name(byte[] bytes) {
        return name(bytes, 0, bytes.length);
    }

    /** The name; of a rename the new one. */
    public RecordBuilder name(byte[] bytes, int from, int length) {
        name = bytes;
        nameFrom = from;
        nameLength = length;
        return this;
    }

    public RecordBuilder oldName(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return oldName(bytes, 0, bytes.length);
    }

    /** What a rename has behind its new name and a NUL. */
    public RecordBuilder oldName(byte[] bytes, int from, int length) {
        oldName = bytes;
        oldNameFrom = from;
        oldNameLength = length;
        return this;
    }

    /** Size of what {@link #encode} will write. */
    public int length() {
        return RecordLayout.fixedSize(flags) + RecordLayout.extraSize(extraFlags) + nameSize();
    }

    private int nameSize() {
        int size = oldNameLength < 0 ? nameLength : nameLength + 1 + oldNameLength;
        if (size > RecordLayout.MAX_NAME) {
            throw new IllegalArgumentException("record " + Long.toUnsignedString(index) + ": names of " + size
                    + " bytes, at most " + RecordLayout.MAX_NAME + " are possible");
        }
        return size;
    }

    /**
     * Writes the record.
     *
     * @return the number of bytes written
     */
    public int encode(byte[] into, int at) {
        int nameSize = nameSize();
        RecordLayout.INT.set(into, at, flags << 16 | nameSize);
        RecordLayout.INT.set(into, at + RecordLayout.TYPE, type);
        RecordLayout.LONG.set(into, at + RecordLayout.INDEX, index);
        RecordLayout.LONG.set(into, at + RecordLayout.PREVIOUS, previous);
        RecordLayout.LONG.set(into, at + RecordLayout.TIME, time);
        int end = putFids(into, at + RecordLayout.TARGET_FID, 0);
        if ((flags & RecordLayout.FLAG_RENAME) != 0) {
            end = putFids(into, end, 4);
        }
        if ((flags & RecordLayout.FLAG_JOBID) != 0) {
            end = putText(into, end, job, RecordLayout.JOBID_SIZE);
        }
        if ((flags & RecordLayout.FLAG_EXTRA) != 0) {
            end = putExtra(into, end);
        }
        System.arraycopy(name, nameFrom, into, end, nameLength);
        end += nameLength;
        if (oldNameLength >= 0) {
            into[end++] = 0;
            System.arraycopy(oldName, oldNameFrom, into, end, oldNameLength);
            end += oldNameLength;
        }
        return end - at;
    }

    public byte[] toByteArray() {
        byte[] bytes = new byte[length()];
        encode(bytes, 0);
        return bytes;
    }

    public ChangelogRecord build(String mdt) {
        byte[] bytes = toByteArray();
        return new ChangelogRecord(mdt, bytes, 0, bytes.length);
    }

    private int putFids(byte[] into, int at, int from) {
        for (int i = 0; i < 4; i++) {
            RecordLayout.LONG.set(into, at + 8 * i, fids[from + i]);
        }
        return at + 2 * RecordLayout.FID_SIZE;
    }

    private int putExtra(byte[] into, int at) {
        RecordLayout.LONG.set(into, at, extraFlags);
        int end = at + RecordLayout.EXTRA_SIZE;
        if ((extraFlags & RecordLayout.EXTRA_UIDGID) != 0) {
            RecordLayout.LONG.set(into, end, uid);
            RecordLayout.LONG.set(into, end + 8, gid);
            end += RecordLayout.UIDGID_SIZE;
        }
        if ((extraFlags & RecordLayout.EXTRA_NID) != 0) {
            System.arraycopy(nid, 0, into, end, RecordLayout.NID_SIZE);
            end += RecordLayout.NID_SIZE;
        }
        if ((extraFlags & RecordLayout.EXTRA_OPEN) != 0) {
            RecordLayout.INT.set(into, end, openFlags);
            end += RecordLayout.OPEN_SIZE;
        }
        if ((extraFlags & RecordLayout.EXTRA_XATTR) != 0) {
            end = putText(into, end, xattr, RecordLayout.XATTR_SIZE);
        }
        return end;
    }

    private static int putText(byte[] into, int at, byte[] text, int size) {
        System.arraycopy(text, 0, into, at, text.length);
        Arrays.fill(into, at + text.length, at + size, (byte) 0);
        return at + size;
    }

    private static byte[] limited(byte[] text, int limit, String what) {
        if (text.length > limit) {
            throw new IllegalArgumentException(what + " of " + text.length + " bytes, at most " + limit + " fit");
        }
        return text;
    }
}
