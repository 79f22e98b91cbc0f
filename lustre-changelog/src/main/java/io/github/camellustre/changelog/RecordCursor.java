// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/**
 * Looks at one record after another without allocating: for writers on the hot path. Texts and names are given as places
 * in {@link #bytes}, which belongs to the record and must not be changed. Not for several threads at once. Before the
 * first {@code moveTo} nothing may be asked.
 */
public final class RecordCursor {
    /** In place of a place. */
    public static final int NONE = -1;

    private byte[] bytes;
    private int offset;
    private int end;
    private int flags;
    private long extraFlags;
    private int extrasAt;
    private RecordPaths paths;

    public RecordCursor moveTo(RecordBlock block, int record) {
        return moveTo(block.bytes(), block.offset(record), block.offset(record + 1));
    }

    public RecordCursor moveTo(ChangelogBatch batch, int position) {
        RecordBlock block = batch.block();
        if (block == null) {
            return moveTo(batch.get(position));
        }
        moveTo(block, batch.firstOfBlock() + position);
        paths = batch.paths(position);
        return this;
    }

    public RecordCursor moveTo(ChangelogRecord record) {
        moveTo(record.bytes(), record.offset(), record.offset() + record.length());
        paths = record.paths().orElse(null);
        return this;
    }

    RecordCursor moveTo(byte[] array, int from, int to) {
        bytes = array;
        offset = from;
        end = to;
        paths = null;
        flags = RecordLayout.u16(array, from + RecordLayout.FLAGS);
        extrasAt = from + RecordLayout.fixedSize(flags);
        extraFlags = (flags & RecordLayout.FLAG_EXTRA) == 0
                ? 0
                : RecordLayout.u64(array, extrasAt - RecordLayout.EXTRA_SIZE);
        return this;
    }

    /** The array that holds the record, and others perhaps. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int end() {
        return end;
    }

    /** What a path look-up has added to the record; null if there was none. */
    public RecordPaths paths() {
        return paths;
    }

    public long index() {
        return RecordLayout.u64(bytes, offset + RecordLayout.INDEX);
    }

    public int typeNumber() {
        return RecordLayout.u32(bytes, offset + RecordLayout.TYPE);
    }

    public int flags() {
        return flags;
    }

    public int typeFlags() {
        return flags & RecordLayout.TYPE_FLAGS;
    }

    /** Seconds &lt;&lt; 30 | nanoseconds: for callers that compare. */
    public long rawTime() {
        return RecordLayout.u64(bytes, offset + RecordLayout.TIME);
    }

    public long seconds() {
        return rawTime() >>> 30;
    }

    public int nanos() {
        return (int) rawTime() & RecordLayout.NANOS_MASK;
    }

    /** Where the target FID lies: see {@link #fidSequence} and its kin. */
    public int targetAt() {
        return offset + RecordLayout.TARGET_FID;
    }

    public int parentAt() {
        return offset + RecordLayout.PARENT_FID;
    }

    public boolean hasRename() {
        return (flags & RecordLayout.FLAG_RENAME) != 0;
    }

    /** Only where {@link #hasRename}. */
    public int sourceAt() {
        return offset + RecordLayout.HEADER;
    }

    /** Only where {@link #hasRename}. */
    public int sourceParentAt() {
        return offset + RecordLayout.HEADER + RecordLayout.FID_SIZE;
    }

    /** Where the first of the {@link ChangelogRecord#subjects} lies; {@link #NONE} if there is none. */
    public int firstSubjectAt() {
        return Subjects.firstAt(this);
    }

    /** Where the second of them lies; {@link #NONE} if there is none. */
    public int secondSubjectAt() {
        return Subjects.secondAt(this);
    }

    public long fidSequence(int fidAt) {
        return RecordLayout.u64(bytes, fidAt);
    }

    public int fidObjectId(int fidAt) {
        return RecordLayout.u32(bytes, fidAt + 8);
    }

    public int fidVersion(int fidAt) {
        return RecordLayout.u32(bytes, fidAt + 12);
    }

    public boolean fidIsZero(int fidAt) {
        return RecordLayout.fidIsZero(bytes, fidAt);
    }

    /** Whether that is one of the record's subjects: see {@link ChangelogRecord#subjects}. */
    public boolean isAbout(Fid subject) {
        return Subjects.include(this, subject);
    }

    /**
     * Whether that is the directory of the name that the record is about, or for RENME and MIGRT the other directory; false
     * for types whose parent FID is not to be trusted.
     */
    public boolean isIn(Fid directory) {
        return RecordType.changesNameSpace(typeNumber())
                && !directory.isZero()
                && (isFid(parentAt(), directory) || hasSource() && isFid(sourceParentAt(), directory));
    }

    /** Whether the record is one of those that have two objects and two directories. */
    boolean hasSource() {
        int type = typeNumber();
        return hasRename() && (type == RecordType.RENME.number() || type == RecordType.MIGRT.number());
    }

    boolean isFid(int fidAt, Fid fid) {
        return fidSequence(fidAt) == fid.sequence()
                && fidObjectId(fidAt) == fid.objectId()
                && fidVersion(fidAt) == fid.version();
    }

    public boolean hasJobId() {
        return (flags & RecordLayout.FLAG_JOBID) != 0;
    }

    public int jobFrom() {
        return offset + RecordLayout.HEADER + (hasRename() ? RecordLayout.RENAME_SIZE : 0);
    }

    public int jobTo() {
        int from = jobFrom();
        return RecordLayout.textEnd(bytes, from, from + RecordLayout.JOBID_SIZE);
    }

    public boolean hasExtraFlags() {
        return (flags & RecordLayout.FLAG_EXTRA) != 0;
    }

    public long extraFlags() {
        return extraFlags;
    }

    public boolean hasUidGid() {
        return (extraFlags & RecordLayout.EXTRA_UIDGID) != 0;
    }

    public long uid() {
        return RecordLayout.u64(bytes, extrasAt);
    }

    public long gid() {
        return RecordLayout.u64(bytes, extrasAt + 8);
    }

    public boolean hasNid() {
        return (extraFlags & RecordLayout.EXTRA_NID) != 0;
    }

    /** Where the 24 bytes of the NID lie. */
    public int nidAt() {
        return extraAt(RecordLayout.EXTRA_NID);
    }

    /** Whether the NID is a {@code struct lnet_nid}. */
    public boolean isBigEndianNid() {
        return (extraFlags & RecordLayout.EXTRA_NID_BE) != 0;
    }

    public Nid nid() {
        return isBigEndianNid() ? Nid.ofStruct(bytes, nidAt()) : Nid.ofLong(RecordLayout.u64(bytes, nidAt()));
    }

    /** Eight bytes of the array as a number, for callers that compare or hash. */
    public long word(int at) {
        return RecordLayout.u64(bytes, at);
    }

    public boolean hasOpenFlags() {
        return (extraFlags & RecordLayout.EXTRA_OPEN) != 0;
    }

    /** 0 if the record does not say. */
    public int openFlags() {
        return hasOpenFlags() ? RecordLayout.u32(bytes, extraAt(RecordLayout.EXTRA_OPEN)) : 0;
    }

    public boolean hasXattr() {
        return (extraFlags & RecordLayout.EXTRA_XATTR) != 0;
    }

    public int xattrFrom() {
        return extraAt(RecordLayout.EXTRA_XATTR);
    }

    public int xattrTo() {
        int from = xattrFrom();
        return RecordLayout.textEnd(bytes, from, from + RecordLayout.XATTR_SIZE);
    }

    /** Where the name starts; it is all that the record has up to {@link #end}. */
    public int nameFrom() {
        return end - RecordLayout.u16(bytes, offset + RecordLayout.NAME_LENGTH);
    }

    /** Where the name, of a rename the new one, ends. */
    public int nameTo() {
        return RecordLayout.textEnd(bytes, nameFrom(), end);
    }

    /** Where a rename's old name starts; {@link #end} if there is none. */
    public int oldNameFrom() {
        return hasRename() ? Math.min(nameTo() + 1, end) : end;
    }

    public int oldNameTo() {
        return RecordLayout.textEnd(bytes, oldNameFrom(), end);
    }

    /** Where the field of that one bit lies: behind those of the lower bits. */
    private int extraAt(long bit) {
        return extrasAt + RecordLayout.extraSize(extraFlags & bit - 1);
    }
}
