// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordPaths;
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
            LustreConstants.TIME,
            LustreConstants.PATH,
            LustreConstants.PATH_FROM,
            LustreConstants.PARENT_PATH,
            LustreConstants.OLD_PATH,
            LustreConstants.OLD_PATH_FROM,
            LustreConstants.PATHS,
            LustreConstants.PATH_REASON,
            LustreConstants.PATH_ERROR);

    /** Those that a path look-up adds. */
    static final List<String> PATHS = NAMES.subList(NAMES.indexOf(LustreConstants.PATH), NAMES.size());

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
            default -> record.paths().map(paths -> ofPaths(paths, header)).orElse(null);
        };
    }

    private static Object ofPaths(RecordPaths paths, String header) {
        return switch (header) {
            case LustreConstants.PATH -> paths.path().map(ObjectPath::text).orElse(null);
            case LustreConstants.PATH_FROM ->
                paths.path().flatMap(ObjectPath::from).orElse(null);
            case LustreConstants.PARENT_PATH ->
                paths.path().flatMap(ObjectPath::parent).map(ObjectPath::text).orElse(null);
            case LustreConstants.OLD_PATH ->
                paths.oldPath().map(ObjectPath::text).orElse(null);
            case LustreConstants.OLD_PATH_FROM ->
                paths.oldPath().flatMap(ObjectPath::from).orElse(null);
            case LustreConstants.PATHS ->
                paths.names().isEmpty()
                        ? null
                        : paths.names().stream().map(ObjectPath::toString).toList();
            case LustreConstants.PATH_REASON ->
                paths.reason().map(PathReason::toString).orElse(null);
            case LustreConstants.PATH_ERROR -> paths.error().orElse(null);
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
