// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where the object of a record is: what a path look-up adds to the record. Immutable. */
public final class RecordPaths {
    /** Of a record that is about no object. */
    public static final RecordPaths NONE = new RecordPaths(null, null, List.of(), null, null, null);

    private final ObjectPath path;
    private final ObjectPath oldPath;
    private final List<ObjectPath> names;
    private final PathReason reason;
    private final String error;
    private final ObjectAttributes attributes;

    private RecordPaths(
            ObjectPath path,
            ObjectPath oldPath,
            List<ObjectPath> names,
            PathReason reason,
            String error,
            ObjectAttributes attributes) {
        this.path = path;
        this.oldPath = oldPath;
        this.names = names;
        this.reason = reason;
        this.error = error;
        this.attributes = attributes;
    }

    /**
     * @param path null if nothing is known
     * @param oldPath of a rename; else null
     * @param reason null if nothing is missing
     * @param error name of the errno behind the reason; null if there is none
     */
    public static RecordPaths of(ObjectPath path, ObjectPath oldPath, PathReason reason, String error) {
        return new RecordPaths(path, oldPath, List.of(), reason, error, null);
    }

    public RecordPaths withNames(List<ObjectPath> all) {
        return all.isEmpty() ? this : new RecordPaths(path, oldPath, List.copyOf(all), reason, error, attributes);
    }

    /** @param found null if there are none */
    public RecordPaths withAttributes(ObjectAttributes found) {
        return new RecordPaths(path, oldPath, names, reason, error, found);
    }

    /** Where it is; of a removal where it was; of a rename the new place. */
    public Optional<ObjectPath> path() {
        return Optional.ofNullable(path);
    }

    /** Of a rename the old place. */
    public Optional<ObjectPath> oldPath() {
        return Optional.ofNullable(oldPath);
    }

    /** All that lead to the object after the record, where that was asked for. */
    public List<ObjectPath> names() {
        return names;
    }

    /** Empty if nothing is missing. */
    public Optional<PathReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Name of the errno behind the reason, as ENOENT. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** What the object is, where that was asked for and the file system answered. */
    public Optional<ObjectAttributes> attributes() {
        return Optional.ofNullable(attributes);
    }

    /** Whether what happened concerns that directory or what is in it, however deep: of a rename either place counts. */
    public boolean isBelow(ObjectPath directory) {
        if (path != null && path.isBelow(directory) || oldPath != null && oldPath.isBelow(directory)) {
            return true;
        }
        for (ObjectPath name : names) {
            if (name.isBelow(directory)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is known where the object is, or was last: only then {@link #isBelow} can tell that it is elsewhere. */
    public boolean isPlaced() {
        return reason == null || reason == PathReason.GONE && path != null && path.isWhole();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordPaths that
                && Objects.equals(path, that.path)
                && Objects.equals(oldPath, that.oldPath)
                && names.equals(that.names)
                && reason == that.reason
                && Objects.equals(error, that.error)
                && Objects.equals(attributes, that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, oldPath, names, reason, error, attributes);
    }

    /** For logs. */
    @Override
    public String toString() {
        return path
                + (oldPath == null ? "" : " from " + oldPath)
                + (names.isEmpty() ? "" : " as " + names)
                + (reason == null ? "" : " (" + reason + (error == null ? "" : " " + error) + ")");
    }
}
