// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import java.util.List;

/** What the headers of a record's exchange say, each decoded only when somebody asks. */
final class RecordHeaders {
    static final List<String> NAMES = List.of(
            LustreConstants.MDT,
            LustreConstants.INDEX,
            LustreConstants.TYPE,
            LustreConstants.FID,
            LustreConstants.PARENT_FID,
            LustreConstants.NAME,
            LustreConstants.JOB_ID,
            LustreConstants.UID,
            LustreConstants.GID,
            LustreConstants.TIME);

    private RecordHeaders() {}

    /** Null if the record has nothing of that name, or there is no such header. */
    static Object value(ChangelogRecord record, String header) {
        return switch (header) {
            case LustreConstants.MDT -> record.mdt();
            case LustreConstants.INDEX -> record.index();
            case LustreConstants.TYPE -> record.type().toString();
            case LustreConstants.FID -> fid(record);
            case LustreConstants.PARENT_FID -> record.trustedParentFid().orElse(null);
            case LustreConstants.NAME -> record.isMark() || record.name().length == 0 ? null : record.nameText();
            case LustreConstants.JOB_ID -> record.jobId().isEmpty() ? null : record.jobId();
            case LustreConstants.UID -> record.hasUidGid() ? record.uid() : null;
            case LustreConstants.GID -> record.hasUidGid() ? record.gid() : null;
            case LustreConstants.TIME -> record.time();
            default -> null;
        };
    }

    private static Fid fid(ChangelogRecord record) {
        if (record.isMark()) {
            return null;
        }
        int type = record.typeNumber();
        boolean moved = type == RecordType.RENME.number() || type == RecordType.MIGRT.number();
        return moved && record.hasRename() ? record.sourceFid() : record.targetFid();
    }
}
