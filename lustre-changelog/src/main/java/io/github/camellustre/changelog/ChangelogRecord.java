// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One changelog record: an immutable view of its raw bytes that decodes on demand. Numbers cost no allocation; FIDs,
 * texts, names and the NID are made anew at each call. A view keeps the array that it looks into alive: one of a
 * {@link RecordBlock} the whole block.
 *
 * <p>Two records are equal if they are of one MDT and all bytes that mean something are equal. What follows the NUL
 * of the job and of the xattr name is garbage of the server and does not count, nor do the parent FID and the name of
 * a MARK, which change from one reading to the next. How a record was asked for does count: the NID in its old form, or
 * without an extension, is another record.
 */
public final class ChangelogRecord {
    private static final int LAST_LINK = 0x1;
    private static final int HSM_EXISTS = 0x2;
    private static final long NUMBER_ABSENT = -1;

    private final String mdt;
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final RecordPaths paths;

    /** For callers that have framed the bytes already: nothing is checked. */
    ChangelogRecord(String mdt, byte[] bytes, int offset, int length) {
        this(mdt, bytes, offset, length, null);
    }

    private ChangelogRecord(String mdt, byte[] bytes, int offset, int length, RecordPaths paths) {
        this.mdt = mdt;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.paths = paths;
    }

    /**
     * The record that these bytes are. The record keeps the array: the caller must not change it afterwards.
     *
     * @throws RecordFormatException if the bytes are anything but one whole record
     */
    public static ChangelogRecord of(String mdt, byte[] bytes) {
        int length = RecordLayout.length(mdt, bytes, 0, bytes.length);
        if (length != bytes.length) {
            throw new RecordFormatException(
                    mdt,
                    0,
                    RecordLayout.u64(bytes, RecordLayout.INDEX),
                    "one record of " + length + " bytes expected, there are " + bytes.length);
        }
        return new ChangelogRecord(mdt, bytes, 0, length);
    }

    /** Name of the MDT whose changelog holds the record, {@code fs-MDT0000}. */
    public String mdt() {
        return mdt;
    }

    /** Record number, unique within the MDT. */
    public long index() {
        return RecordLayout.u64(bytes, offset + RecordLayout.INDEX);
    }

    public RecordType type() {
        return RecordType.of(typeNumber());
    }

    public int typeNumber() {
        return RecordLayout.u32(bytes, offset + RecordLayout.TYPE);
    }

    public boolean isMark() {
        return typeNumber() == RecordType.MARK.number();
    }

    /** Meant to be the index of the target's record before this one; real servers leave it 0. */
    public long previousIndex() {
        return RecordLayout.u64(bytes, offset + RecordLayout.PREVIOUS);
    }

    long rawTime() {
        return RecordLayout.u64(bytes, offset + RecordLayout.TIME);
    }

    /** Seconds since 1970, UTC. */
    public long seconds() {
        return rawTime() >>> 30;
    }

    public int nanos() {
        return (int) rawTime() & RecordLayout.NANOS_MASK;
    }

    public Instant time() {
        return Instant.ofEpochSecond(seconds(), nanos());
    }

    /** All 16 bits: the type's own and those that announce extensions. */
    public int flags() {
        return RecordLayout.u16(bytes, offset + RecordLayout.FLAGS);
    }

    /** The low 12 bits, whose meaning depends on the type. */
    public int typeFlags() {
        return flags() & RecordLayout.TYPE_FLAGS;
    }

    /** UNLNK, RMDIR: the object is gone. RENME: the overwritten target is. */
    public boolean isLastLink() {
        return removes() && (typeFlags() & LAST_LINK) != 0;
    }

    /** UNLNK, RMDIR, RENME: what was removed or overwritten still has a copy in the archive. */
    public boolean isArchived() {
        return removes() && (typeFlags() & HSM_EXISTS) != 0;
    }

    private boolean removes() {
        int type = typeNumber();
        return type == RecordType.UNLNK.number()
                || type == RecordType.RMDIR.number()
                || type == RecordType.RENME.number();
    }

    /** What an HSM record says; null for other types. */
    public HsmChange hsm() {
        return typeNumber() == RecordType.HSM.number() ? HsmChange.of(typeFlags()) : null;
    }

    /** What a MARK says: 0x10001 started, 0x40001 purged, 0x40000 last user gone; it has them instead of a target FID. */
    public int markFlags() {
        return isMark() ? RecordLayout.u32(bytes, offset + RecordLayout.TARGET_FID) : 0;
    }

    /** Zero for a rename that overwrote nothing: see {@link #subjects}. */
    public Fid targetFid() {
        return RecordLayout.fid(bytes, offset + RecordLayout.TARGET_FID);
    }

    /** As in the bytes, where it may be a left-over of another operation: see {@link #trustedParentFid}. */
    public Fid parentFid() {
        return RecordLayout.fid(bytes, offset + RecordLayout.PARENT_FID);
    }

    /** The parent, where servers are known to set it: in changes of the name space. Of a rename the new parent. */
    public Optional<Fid> trustedParentFid() {
        return RecordType.changesNameSpace(typeNumber()) && hasParent() ? Optional.of(parentFid()) : Optional.empty();
    }

    public boolean hasParent() {
        return !RecordLayout.fidIsZero(bytes, offset + RecordLayout.PARENT_FID);
    }

    public boolean hasRename() {
        return (flags() & RecordLayout.FLAG_RENAME) != 0;
    }

    /** What was renamed, or its FID before a migration; {@link Fid#ZERO} if there is none. */
    public Fid sourceFid() {
        return hasRename() ? RecordLayout.fid(bytes, offset + RecordLayout.HEADER) : Fid.ZERO;
    }

    /** The old parent; {@link Fid#ZERO} if there is none. */
    public Fid sourceParentFid() {
        return hasRename() ? RecordLayout.fid(bytes, offset + RecordLayout.HEADER + RecordLayout.FID_SIZE) : Fid.ZERO;
    }

    /**
     * The objects whose order of records matters, none of them zero: of a RENME what moved and then what it overwrote, of
     * a MIGRT the old FID and the new, of others the target. A MARK has none.
     */
    public List<Fid> subjects() {
        return Subjects.of(this);
    }

    public boolean hasJobId() {
        return (flags() & RecordLayout.FLAG_JOBID) != 0;
    }

    /** Empty if there is none, or an empty one. Bad UTF-8 is U+FFFD. */
    public String jobId() {
        if (!hasJobId()) {
            return "";
        }
        int at = jobAt();
        return text(at, RecordLayout.textEnd(bytes, at, at + RecordLayout.JOBID_SIZE));
    }

    public boolean hasExtraFlags() {
        return (flags() & RecordLayout.FLAG_EXTRA) != 0;
    }

    /** Which fields of the extra extension there are, unknown bits included; 0 if there is no such extension. */
    public long extraFlags() {
        int flags = flags();
        return (flags & RecordLayout.FLAG_EXTRA) == 0
                ? 0
                : RecordLayout.u64(bytes, offset + RecordLayout.fixedSize(flags) - RecordLayout.EXTRA_SIZE);
    }

    public boolean hasUidGid() {
        return (extraFlags() & RecordLayout.EXTRA_UIDGID) != 0;
    }

    /** -1 if there is none. */
    public long uid() {
        return hasUidGid() ? RecordLayout.u64(bytes, extraAt(RecordLayout.EXTRA_UIDGID)) : NUMBER_ABSENT;
    }

    /** -1 if there is none. */
    public long gid() {
        return hasUidGid() ? RecordLayout.u64(bytes, extraAt(RecordLayout.EXTRA_UIDGID) + 8) : NUMBER_ABSENT;
    }

    /** The client; {@link Nid#ZERO} where the server itself acted, or an IPv6 one in the old form; null if there is none. */
    public Nid nid() {
        long extra = extraFlags();
        if ((extra & RecordLayout.EXTRA_NID) == 0) {
            return null;
        }
        int at = extraAt(RecordLayout.EXTRA_NID);
        return (extra & RecordLayout.EXTRA_NID_BE) != 0
                ? Nid.ofStruct(bytes, at)
                : Nid.ofLong(RecordLayout.u64(bytes, at));
    }

    public boolean hasOpenFlags() {
        return (extraFlags() & RecordLayout.EXTRA_OPEN) != 0;
    }

    /** How a file was opened (0x1 read, 0x2 write, 0x4 execute...); 0 if the record does not say. */
    public int openFlags() {
        return hasOpenFlags() ? RecordLayout.u32(bytes, extraAt(RecordLayout.EXTRA_OPEN)) : 0;
    }

    public boolean hasXattr() {
        return (extraFlags() & RecordLayout.EXTRA_XATTR) != 0;
    }

    /** Empty if there is none. Bad UTF-8 is U+FFFD. */
    public String xattrName() {
        if (!hasXattr()) {
            return "";
        }
        int at = extraAt(RecordLayout.EXTRA_XATTR);
        return text(at, RecordLayout.textEnd(bytes, at, at + RecordLayout.XATTR_SIZE));
    }

    /** The name, of a rename the new one; empty if there is none. A copy. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, nameAt(), nameEnd());
    }

    /** {@link #name} as UTF-8, bad bytes as U+FFFD. */
    public String nameText() {
        return text(nameAt(), nameEnd());
    }

    /** Of a rename the old name; empty for other records. A copy. */
    public byte[] oldName() {
        int at = oldNameAt();
        return Arrays.copyOfRange(bytes, at, RecordLayout.textEnd(bytes, at, end()));
    }

    /** {@link #oldName} as UTF-8, bad bytes as U+FFFD. */
    public String oldNameText() {
        int at = oldNameAt();
        return text(at, RecordLayout.textEnd(bytes, at, end()));
    }

    /** The same record with what was found out about its object's place. */
    public ChangelogRecord withPaths(RecordPaths found) {
        return new ChangelogRecord(mdt, bytes, offset, length, found);
    }

    /** Where its object is; empty if nobody has looked. Not part of the record: neither of its bytes nor of its equality. */
    public Optional<RecordPaths> paths() {
        return Optional.ofNullable(paths);
    }

    /** Size in bytes, every extension and the name included. */
    public int length() {
        return length;
    }

    /** The raw bytes, a copy. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** Copies the raw bytes; returns {@link #length}. */
    public int writeTo(byte[] into, int at) {
        System.arraycopy(bytes, offset, into, at, length);
        return length;
    }

    public void writeTo(ByteBuffer into) {
        into.put(bytes, offset, length);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, offset, length);
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangelogRecord that
                && that.mdt.equals(mdt)
                && RecordBytes.same(bytes, offset, length, that.bytes, that.offset, that.length);
    }

    @Override
    public int hashCode() {
        return RecordBytes.hash(bytes, offset) * 31 + mdt.hashCode();
    }

    /** For logs: {@code fs-MDT0000/12345 CREAT [0x200000402:0x3:0x0] name}. */
    @Override
    public String toString() {
        String name = isMark() ? "" : nameText();
        return mdt
                + '/'
                + Long.toUnsignedString(index())
                + ' '
                + type()
                + ' '
                + targetFid()
                + (name.isEmpty() ? "" : ' ' + name);
    }

    private int jobAt() {
        return offset + RecordLayout.HEADER + (hasRename() ? RecordLayout.RENAME_SIZE : 0);
    }

    /** Where the field of that one bit lies: behind those of the lower bits. */
    private int extraAt(long bit) {
        return offset + RecordLayout.fixedSize(flags()) + RecordLayout.extraSize(extraFlags() & bit - 1);
    }

    private int end() {
        return offset + length;
    }

    private int nameAt() {
        return end() - RecordLayout.u16(bytes, offset + RecordLayout.NAME_LENGTH);
    }

    private int nameEnd() {
        return RecordLayout.textEnd(bytes, nameAt(), end());
    }

    private int oldNameAt() {
        return hasRename() ? Math.min(nameEnd() + 1, end()) : end();
    }

    private String text(int from, int to) {
        return from == to ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
