// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

/** What an {@link Actor} does next: one record each. "The file" and "the other file" are those of the actor's script. */
enum Step {
    CREATE,
    CREATE_OTHER,
    MAKE_FIFO,
    MAKE_SYMLINK,
    OPEN_NEW,
    CLOSE_NEW,
    OPEN_TO_READ,
    CLOSE_READ,
    OPEN_TO_WRITE,
    CLOSE_WRITTEN,
    REFUSED_READ,
    REFUSED_WRITE,
    SET_MODE,
    SET_OWNER,
    SET_XATTR,
    GET_XATTR,
    TRUNCATE,
    SET_MTIME,
    SET_CTIME,
    SET_ATIME,
    /** Gives the file a second name. */
    LINK,
    LINK_OTHER,
    /** Removes the first of the file's two names. */
    UNLINK_FIRST,
    UNLINK,
    /** Removes the last name of a file that has a copy in the archive. */
    UNLINK_ARCHIVED,
    /** Removes the last name of the other file, the one that {@link #LINK_OTHER} gave. */
    UNLINK_OTHER,
    RENAME,
    RENAME_AWAY,
    /** Onto the other file's only name. */
    RENAME_OVER,
    /** Onto the other file's first name; it has another. */
    RENAME_OVER_LINKED,
    /** Onto the other file, which has a copy in the archive. */
    RENAME_OVER_ARCHIVED,
    /** A directory in the one made last, or in the script's own directory. */
    MAKE_DIRECTORY,
    /** A file in the directory made last. */
    CREATE_INSIDE,
    MOVE_DIRECTORY,
    REMOVE_DIRECTORY,
    SERVER_HSM_STATE,
    HSM_STATE,
    HSM_ARCHIVED,
    OTHER_HSM_ARCHIVED,
    HSM_ARCHIVE_FAILED,
    HSM_RELEASED,
    HSM_RESTORED,
    HSM_DIRTY,
    RELEASE,
    CHANGE_LAYOUT,
    SERVER_LAYOUT,
    MIRROR_STALE,
    RESYNC_MIRROR,
    /** On a long-lived directory: fits between all others. */
    TOUCH_DIRECTORY,
    LABEL_DIRECTORY,
    READ_DIRECTORY_ACL
}
