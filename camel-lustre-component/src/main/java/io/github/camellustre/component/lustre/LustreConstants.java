// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import org.apache.camel.spi.Metadata;

/** Headers of the exchanges that a {@code lustre:} consumer makes, and those that a path look-up adds. */
public final class LustreConstants {
    @Metadata(description = "Name of the MDT whose changelog holds the record, as fs-MDT0000.", javaType = "String")
    public static final String MDT = "CamelLustreMdt";

    @Metadata(description = "Index of the record in its MDT's changelog. Not on batches.", javaType = "Long")
    public static final String INDEX = "CamelLustreIndex";

    @Metadata(
            description = "Type of the record as lfs changelog prints it, such as CREAT; an unknown type as its number."
                    + " Not on batches.",
            javaType = "String")
    public static final String TYPE = "CamelLustreType";

    @Metadata(
            description =
                    "The FID that the record is about: the moved one of RENME and MIGRT, else the target. Absent on"
                            + " MARK. Not on batches.",
            javaType = "io.github.camellustre.changelog.Fid")
    public static final String FID = "CamelLustreFid";

    @Metadata(
            description =
                    "The parent directory's FID, only on types where Lustre's is to be trusted: CREAT, MKDIR, HLINK,"
                            + " SLINK, MKNOD, UNLNK, RMDIR, RENME, MIGRT. Not on batches.",
            javaType = "io.github.camellustre.changelog.Fid")
    public static final String PARENT_FID = "CamelLustreParentFid";

    @Metadata(
            description = "Name of the directory entry as UTF-8 text; bytes that are none become U+FFFD. Absent if the"
                    + " record has none. Not on batches.",
            javaType = "String")
    public static final String NAME = "CamelLustreName";

    @Metadata(description = "Job id. Absent if the record has none. Not on batches.", javaType = "String")
    public static final String JOB_ID = "CamelLustreJobId";

    @Metadata(description = "User id. Absent if the record has none. Not on batches.", javaType = "Long")
    public static final String UID = "CamelLustreUid";

    @Metadata(description = "Group id. Absent if the record has none. Not on batches.", javaType = "Long")
    public static final String GID = "CamelLustreGid";

    @Metadata(description = "When it happened. Not on batches.", javaType = "java.time.Instant")
    public static final String TIME = "CamelLustreTime";

    @Metadata(description = "Index of the first record of a batch.", javaType = "Long")
    public static final String FIRST_INDEX = "CamelLustreFirstIndex";

    @Metadata(description = "Index of the last record of a batch.", javaType = "Long")
    public static final String LAST_INDEX = "CamelLustreLastIndex";

    @Metadata(description = "Number of records of a batch.", javaType = "Integer")
    public static final String COUNT = "CamelLustreCount";

    @Metadata(
            description = "With ack=manual: acknowledges the record or batch, or everything up to an index.",
            javaType = "io.github.camellustre.component.lustre.LustreAcknowledgement")
    public static final String ACKNOWLEDGEMENT = "CamelLustreAcknowledgement";

    @Metadata(
            description = "Why records go to the dead letters, for lustre-lines: with form=dead. Without it that is the"
                    + " exception that was caught.",
            javaType = "String")
    public static final String REASON = "CamelLustreReason";

    @Metadata(
            description =
                    "On the records that a window comes to: what became of all that came into it. Its cancelled() are the"
                            + " indexes that no record stands for, its counts() tell how many by type and reason.",
            javaType = "io.github.camellustre.changelog.window.WindowResult")
    public static final String WINDOW = "CamelLustreWindow";

    @Metadata(
            description =
                    "What the records of one of a window's groups have in common, as text: a FID, an MDT, a server, a job."
                            + " Empty for those that have none.",
            javaType = "String")
    public static final String GROUP = "CamelLustreGroup";

    @Metadata(
            description =
                    "How many records came into a window for one of its groups, those counted that others stand for.",
            javaType = "Integer")
    public static final String RECEIVED = "CamelLustreReceived";

    @Metadata(
            label = "producer",
            description =
                    "Where the object is: of a removal where it was, of a rename the new place. It begins with / if it"
                            + " is whole, else it is relative to CamelLustrePathFrom. Absent if nothing is known. Not on batches.",
            javaType = "String")
    public static final String PATH = "CamelLustrePath";

    @Metadata(
            label = "producer",
            description = "The directory that a path which is not whole is relative to. Not on batches.",
            javaType = "io.github.camellustre.changelog.Fid")
    public static final String PATH_FROM = "CamelLustrePathFrom";

    @Metadata(
            label = "producer",
            description = "The directory of CamelLustrePath. Not on batches.",
            javaType = "String")
    public static final String PARENT_PATH = "CamelLustreParentPath";

    @Metadata(
            label = "producer",
            description = "Of a rename the old place, as CamelLustrePath. Not on batches.",
            javaType = "String")
    public static final String OLD_PATH = "CamelLustreOldPath";

    @Metadata(
            label = "producer",
            description = "The directory that an old path which is not whole is relative to. Not on batches.",
            javaType = "io.github.camellustre.changelog.Fid")
    public static final String OLD_PATH_FROM = "CamelLustreOldPathFrom";

    @Metadata(
            label = "producer",
            description = "With allNames=true all names that the object has after the record. Not on batches.",
            javaType = "java.util.List<String>")
    public static final String PATHS = "CamelLustrePaths";

    @Metadata(
            label = "producer",
            description =
                    "Why a path is missing or not whole: partial, unknown, gone, timedOut, busy or failed. Absent if"
                            + " nothing is missing. Not on batches.",
            javaType = "String")
    public static final String PATH_REASON = "CamelLustrePathReason";

    @Metadata(
            label = "producer",
            description = "Name of the errno behind the reason, as ENOENT. Not on batches.",
            javaType = "String")
    public static final String PATH_ERROR = "CamelLustrePathError";

    private LustreConstants() {}
}
