// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.Nid;
import io.github.camellustre.changelog.ObjectAttributes;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.window.RecordIndexes;
import io.github.camellustre.changelog.window.StandsFor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Records as JSON objects, the fields of which docs/json-schema.md defines. Straight to a generator, with no tree in
 * between, because it is done for every record. What a record does not have is left out.
 */
public final class RecordJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString MDT = new SerializedString("mdt");
    private static final SerializableString INDEX = new SerializedString("index");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString TIME = new SerializedString("time");
    private static final SerializableString FLAGS = new SerializedString("flags");
    private static final SerializableString LAST_UNLINK = new SerializedString("lastUnlink");
    private static final SerializableString HSM_EXISTS = new SerializedString("hsmExists");
    private static final SerializableString HSM = new SerializedString("hsm");
    private static final SerializableString MARK_FLAGS = new SerializedString("markFlags");
    private static final SerializableString TARGET = new SerializedString("target");
    private static final SerializableString PARENT = new SerializedString("parent");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString NAME_BASE64 = new SerializedString("nameBase64");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString SOURCE_PARENT = new SerializedString("sourceParent");
    private static final SerializableString OLD_NAME = new SerializedString("oldName");
    private static final SerializableString OLD_NAME_BASE64 = new SerializedString("oldNameBase64");
    private static final SerializableString JOB_ID = new SerializedString("jobId");
    private static final SerializableString UID = new SerializedString("uid");
    private static final SerializableString GID = new SerializedString("gid");
    private static final SerializableString NID = new SerializedString("nid");
    private static final SerializableString OPEN_MODE = new SerializedString("openMode");
    private static final SerializableString XATTR = new SerializedString("xattr");
    private static final SerializableString STANDS_FOR = new SerializedString("standsFor");
    private static final SerializableString PATH = new SerializedString("path");
    private static final SerializableString PATH_BASE64 = new SerializedString("pathBase64");
    private static final SerializableString PATH_FROM = new SerializedString("pathFrom");
    private static final SerializableString PARENT_PATH = new SerializedString("parentPath");
    private static final SerializableString OLD_PATH = new SerializedString("oldPath");
    private static final SerializableString OLD_PATH_BASE64 = new SerializedString("oldPathBase64");
    private static final SerializableString OLD_PATH_FROM = new SerializedString("oldPathFrom");
    private static final SerializableString PATHS = new SerializedString("paths");
    private static final SerializableString PATH_REASON = new SerializedString("pathReason");
    private static final SerializableString PATH_ERROR = new SerializedString("pathError");
    private static final SerializableString STAT = new SerializedString("stat");
    private static final SerializableString[] TYPES = RecordType.known().stream()
            .map(type -> new SerializedString(type.toString()))
            .toArray(SerializableString[]::new);

    private static final int OPEN_READ = 0x1;
    /** O_TRUNC and O_APPEND count as writing. */
    private static final int OPEN_WRITE = 0x2 | 0x200 | 0x400;

    private static final int OPEN_EXECUTE = 0x4;

    private final JsonGenerator json;
    private final AsciiText text = new AsciiText();
    private final NidTexts nids = new NidTexts();
    private String lastMdt;
    private SerializableString lastMdtText;
    private byte[] idPrefix;

    RecordJson(JsonGenerator json) {
        this.json = json;
    }

    /** One object a line, each line ended by a newline. Does not close {@code out}. */
    public static void writeLines(List<ChangelogRecord> records, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            RecordJson writer = new RecordJson(json);
            StandsFor standsFor = standsFor(records);
            for (int i = 0; i < records.size(); i++) {
                writer.write(records.get(i), standsFor, i);
                json.writeRaw('\n');
            }
        }
    }

    /** One JSON array. Does not close {@code out}. */
    public static void writeArray(List<ChangelogRecord> records, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            RecordJson writer = new RecordJson(json);
            StandsFor standsFor = standsFor(records);
            json.writeStartArray();
            for (int i = 0; i < records.size(); i++) {
                writer.write(records.get(i), standsFor, i);
            }
            json.writeEndArray();
        }
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return JSON.createGenerator(out, JsonEncoding.UTF8).setRootValueSeparator(null);
    }

    /** Null if the records did not come through a window. */
    static StandsFor standsFor(List<ChangelogRecord> records) {
        return records instanceof ChangelogBatch batch ? batch.note(StandsFor.class) : null;
    }

    private void write(ChangelogRecord record, StandsFor standsFor, int position) throws IOException {
        json.writeStartObject();
        writeFields(record, standsFor, position);
        json.writeEndObject();
    }

    /** Within an object that the caller begins and ends. */
    void writeFields(ChangelogRecord record, StandsFor standsFor, int position) throws IOException {
        writeIdentity(record);
        writeFlags(record);
        writeObjects(record);
        writeOrigin(record);
        if (standsFor != null && standsFor.isMany(position)) {
            writeStandsFor(standsFor.indexes(position));
        }
        Optional<RecordPaths> paths = record.paths();
        if (paths.isPresent()) {
            writePaths(paths.get());
        }
    }

    private void writeStandsFor(RecordIndexes indexes) throws IOException {
        json.writeFieldName(STANDS_FOR);
        json.writeStartArray();
        for (String mdt : indexes.mdts()) {
            long[] ranges = indexes.ranges(mdt);
            for (int at = 0; at < ranges.length; at += 2) {
                String from = mdt + '/' + Long.toUnsignedString(ranges[at]);
                json.writeString(
                        ranges[at] == ranges[at + 1] ? from : from + '-' + Long.toUnsignedString(ranges[at + 1]));
            }
        }
        json.writeEndArray();
    }

    /** The record's {@code id} as the value of a field. */
    void writeId(SerializableString field, ChangelogRecord record) throws IOException {
        nameMdt(record.mdt());
        json.writeFieldName(field);
        text.clear().append(idPrefix).appendUnsigned(record.index());
        json.writeRawUTF8String(text.bytes(), 0, text.length());
    }

    /** Records of one MDT follow each other. */
    private void nameMdt(String mdt) {
        if (!mdt.equals(lastMdt)) {
            lastMdt = mdt;
            lastMdtText = new SerializedString(mdt);
            idPrefix = new SerializedString(mdt + '/').asQuotedUTF8();
        }
    }

    /** The record's time as the value of a field. */
    void writeTime(SerializableString field, ChangelogRecord record) throws IOException {
        writeAscii(field, text.clear().appendTime(record.seconds(), record.nanos()));
    }

    private void writeIdentity(ChangelogRecord record) throws IOException {
        writeId(ID, record);
        json.writeFieldName(MDT);
        json.writeString(lastMdtText);
        writeUnsigned(INDEX, record.index());
        json.writeFieldName(TYPE);
        int type = record.typeNumber();
        if (type >= 0 && type < TYPES.length) {
            json.writeString(TYPES[type]);
        } else {
            json.writeString(Integer.toUnsignedString(type));
        }
        writeTime(TIME, record);
    }

    private void writeFlags(ChangelogRecord record) throws IOException {
        json.writeFieldName(FLAGS);
        json.writeNumber(record.typeFlags());
        if (record.isLastLink()) {
            json.writeFieldName(LAST_UNLINK);
            json.writeBoolean(true);
        }
        if (record.isArchived()) {
            json.writeFieldName(HSM_EXISTS);
            json.writeBoolean(true);
        }
        HsmChange hsm = record.hsm();
        if (hsm != null) {
            json.writeFieldName(HSM);
            json.writeStartObject();
            json.writeStringField("event", hsm.eventName());
            if (hsm.isDirty()) {
                json.writeBooleanField("dirty", true);
            }
            if (hsm.error() != 0) {
                json.writeNumberField("error", hsm.error());
            }
            json.writeEndObject();
        }
    }

    /** A MARK has flags in place of its target FID, and nothing valid in its parent FID and name. */
    private void writeObjects(ChangelogRecord record) throws IOException {
        if (record.isMark()) {
            writeUnsigned(MARK_FLAGS, Integer.toUnsignedLong(record.markFlags()));
            return;
        }
        writeFid(TARGET, record.targetFid());
        Optional<Fid> parent = record.trustedParentFid();
        if (parent.isPresent()) {
            writeFid(PARENT, parent.get());
        }
        writeName(NAME, NAME_BASE64, record.name());
        if (record.hasRename()) {
            writeFid(SOURCE, record.sourceFid());
            writeFid(SOURCE_PARENT, record.sourceParentFid());
            writeName(OLD_NAME, OLD_NAME_BASE64, record.oldName());
        }
    }

    private void writeOrigin(ChangelogRecord record) throws IOException {
        String job = record.jobId();
        if (!job.isEmpty()) {
            writeText(JOB_ID, job);
        }
        if (record.hasUidGid()) {
            writeUnsigned(UID, record.uid());
            writeUnsigned(GID, record.gid());
        }
        Nid nid = record.nid();
        if (nid != null) {
            json.writeFieldName(NID);
            json.writeString(nids.of(nid));
        }
        if (record.hasOpenFlags()) {
            int flags = record.openFlags();
            if ((flags & (OPEN_READ | OPEN_WRITE | OPEN_EXECUTE)) != 0) {
                writeAscii(OPEN_MODE, openMode(flags));
            }
        }
        String xattr = record.xattrName();
        if (!xattr.isEmpty()) {
            writeText(XATTR, xattr);
        }
    }

    private void writePaths(RecordPaths paths) throws IOException {
        ObjectPath path = paths.path().orElse(null);
        if (path != null) {
            writePath(PATH, PATH_BASE64, PATH_FROM, path);
            Optional<ObjectPath> parent = path.parent();
            if (parent.isPresent()) {
                writeText(PARENT_PATH, parent.get().text());
            }
        }
        if (paths.oldPath().isPresent()) {
            writePath(OLD_PATH, OLD_PATH_BASE64, OLD_PATH_FROM, paths.oldPath().get());
        }
        if (!paths.names().isEmpty()) {
            json.writeFieldName(PATHS);
            json.writeStartArray();
            for (ObjectPath name : paths.names()) {
                json.writeString(name.toString());
            }
            json.writeEndArray();
        }
        if (paths.reason().isPresent()) {
            writeText(PATH_REASON, paths.reason().get().toString());
        }
        if (paths.error().isPresent()) {
            writeText(PATH_ERROR, paths.error().get());
        }
        if (paths.attributes().isPresent()) {
            writeStat(paths.attributes().get());
        }
    }

    private void writePath(
            SerializableString field, SerializableString base64Field, SerializableString fromField, ObjectPath path)
            throws IOException {
        writeName(field, base64Field, path.bytes());
        if (!path.isWhole()) {
            writeFid(fromField, path.from().get());
        }
    }

    private void writeStat(ObjectAttributes stat) throws IOException {
        json.writeFieldName(STAT);
        json.writeStartObject();
        writeUnsigned(UID, stat.uid());
        writeUnsigned(GID, stat.gid());
        json.writeStringField("mode", Integer.toOctalString(stat.mode()));
        json.writeNumberField("size", stat.size());
        Instant modified = stat.modified();
        json.writeFieldName("mtime");
        text.clear().appendTime(modified.getEpochSecond(), modified.getNano());
        json.writeRawUTF8String(text.bytes(), 0, text.length());
        if (!stat.pool().isEmpty()) {
            json.writeStringField("pool", stat.pool());
        }
        json.writeEndObject();
    }

    /** As lfs changelog prints it: one that executes shows neither r nor w. */
    private AsciiText openMode(int flags) {
        boolean execute = (flags & OPEN_EXECUTE) != 0;
        return text.clear()
                .append(!execute && (flags & OPEN_READ) != 0 ? 'r' : '-')
                .append(!execute && (flags & OPEN_WRITE) != 0 ? 'w' : '-')
                .append(execute ? 'x' : '-');
    }

    private void writeText(SerializableString field, String value) throws IOException {
        json.writeFieldName(field);
        json.writeString(value);
    }

    private void writeAscii(SerializableString field, AsciiText value) throws IOException {
        json.writeFieldName(field);
        json.writeRawUTF8String(value.bytes(), 0, value.length());
    }

    private void writeUnsigned(SerializableString field, long value) throws IOException {
        json.writeFieldName(field);
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeNumber(Long.toUnsignedString(value));
        }
    }

    private void writeFid(SerializableString field, Fid fid) throws IOException {
        if (!fid.isZero()) {
            writeAscii(field, text.clear().append(fid));
        }
    }

    private void writeName(SerializableString field, SerializableString base64Field, byte[] name) throws IOException {
        if (name.length == 0) {
            return;
        }
        json.writeFieldName(field);
        if (AsciiText.isAscii(name)) {
            json.writeUTF8String(name, 0, name.length);
            return;
        }
        String decoded = new String(name, StandardCharsets.UTF_8);
        if (decoded.indexOf('\uFFFD') < 0 || Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), name)) {
            json.writeUTF8String(name, 0, name.length);
            return;
        }
        json.writeString(decoded);
        json.writeFieldName(base64Field);
        json.writeBinary(name);
    }
}
