// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static io.github.camellustre.changelog.source.simulator.Step.*;

import java.util.ArrayList;
import java.util.List;

/** What programs do on a file system, from the first record to the last; a weight says how common it is. */
enum Script {
    OUTPUT_FILE(14, CREATE, OPEN_NEW, CLOSE_NEW),
    SCRATCH_FILE(16, CREATE, OPEN_NEW, CLOSE_NEW, UNLINK),
    READ_BACK(5, CREATE, OPEN_NEW, CLOSE_NEW, OPEN_TO_READ, CLOSE_READ, UNLINK),
    CHECKPOINT(8, CREATE, OPEN_NEW, CLOSE_NEW, RENAME),
    CHECKPOINT_DROPPED(4, CREATE, OPEN_NEW, CLOSE_NEW, RENAME, RENAME, UNLINK),
    MOVED(5, CREATE, OPEN_NEW, CLOSE_NEW, RENAME_AWAY, SET_MODE, UNLINK),
    REPLACED(5, CREATE_OTHER, CREATE, OPEN_NEW, CLOSE_NEW, RENAME_OVER, OPEN_TO_READ, CLOSE_READ, UNLINK),
    REPLACED_LINKED(2, CREATE_OTHER, LINK_OTHER, CREATE, CLOSE_NEW, RENAME_OVER_LINKED, UNLINK_OTHER, UNLINK),
    REPLACED_ARCHIVED(1, CREATE_OTHER, OTHER_HSM_ARCHIVED, CREATE, CLOSE_NEW, RENAME_OVER_ARCHIVED, UNLINK),
    LINKED(4, CREATE, OPEN_NEW, CLOSE_NEW, LINK, UNLINK_FIRST, LINK, UNLINK_FIRST, UNLINK),
    LINKED_RENAMED(2, CREATE, CLOSE_NEW, LINK, UNLINK_FIRST, RENAME_AWAY),
    SYMLINK(2, MAKE_SYMLINK),
    SYMLINK_DROPPED(2, MAKE_SYMLINK, RENAME, UNLINK),
    FIFO(1, MAKE_FIFO, UNLINK),
    TENDED(
            4, CREATE, OPEN_NEW, CLOSE_NEW, SET_MODE, SET_OWNER, SET_XATTR, TRUNCATE, SET_MTIME, GET_XATTR, SET_ATIME,
            SET_CTIME, UNLINK),
    APPENDED(4, CREATE, OPEN_NEW, CLOSE_NEW, OPEN_TO_WRITE, CLOSE_WRITTEN, OPEN_TO_WRITE, TRUNCATE, CLOSE_WRITTEN),
    REFUSED(1, CREATE, CLOSE_NEW, SET_MODE, REFUSED_READ, REFUSED_WRITE, UNLINK),
    ARCHIVED(
            2,
            CREATE,
            OPEN_NEW,
            CLOSE_NEW,
            SERVER_HSM_STATE,
            HSM_STATE,
            HSM_ARCHIVED,
            OPEN_TO_WRITE,
            RELEASE,
            CHANGE_LAYOUT,
            CLOSE_WRITTEN,
            OPEN_TO_READ,
            HSM_RELEASED,
            HSM_RESTORED,
            CLOSE_READ,
            OPEN_TO_WRITE,
            HSM_DIRTY,
            CLOSE_WRITTEN,
            UNLINK_ARCHIVED),
    ARCHIVE_FAILED(1, CREATE, OPEN_NEW, CLOSE_NEW, SERVER_HSM_STATE, HSM_ARCHIVE_FAILED, UNLINK),
    MIRRORED(
            1,
            CREATE,
            OPEN_NEW,
            SERVER_LAYOUT,
            CLOSE_NEW,
            OPEN_TO_WRITE,
            MIRROR_STALE,
            CLOSE_WRITTEN,
            RESYNC_MIRROR,
            CLOSE_WRITTEN,
            UNLINK),
    DIRECTORY(3, MAKE_DIRECTORY, CREATE_INSIDE, OPEN_NEW, CLOSE_NEW, UNLINK, REMOVE_DIRECTORY),
    DIRECTORY_KEPT(2, MAKE_DIRECTORY, CREATE_INSIDE, CLOSE_NEW, CREATE_INSIDE, CLOSE_NEW, CREATE_INSIDE, CLOSE_NEW),
    DIRECTORY_MOVED(
            2,
            MAKE_DIRECTORY,
            CREATE_INSIDE,
            CLOSE_NEW,
            MOVE_DIRECTORY,
            OPEN_TO_READ,
            CLOSE_READ,
            RENAME_AWAY,
            REMOVE_DIRECTORY,
            UNLINK),
    DEEP_TREE(1, deep(20)),
    TOUCHED_DIRECTORY(1, TOUCH_DIRECTORY),
    LABELLED_DIRECTORY(1, LABEL_DIRECTORY),
    LISTED_DIRECTORY(1, READ_DIRECTORY_ACL);

    private static final Script[] DRAW = draw();
    private static final Script[] FILLERS = {TOUCHED_DIRECTORY, LABELLED_DIRECTORY, LISTED_DIRECTORY};

    private final int weight;
    private final Step[] steps;

    Script(int weight, Step... steps) {
        this.weight = weight;
        this.steps = steps;
    }

    int length() {
        return steps.length;
    }

    Step step(int number) {
        return steps[number];
    }

    static Script draw(long hash) {
        return DRAW[Mix.below(hash, 0, DRAW.length)];
    }

    /** A script of one step, for when nothing longer fits. */
    static Script drawFiller(long hash) {
        return FILLERS[Mix.below(hash, 0, FILLERS.length)];
    }

    private static Step[] deep(int depth) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            steps.add(MAKE_DIRECTORY);
        }
        steps.addAll(List.of(CREATE_INSIDE, OPEN_NEW, CLOSE_NEW, UNLINK));
        for (int i = 0; i < depth; i++) {
            steps.add(REMOVE_DIRECTORY);
        }
        return steps.toArray(Step[]::new);
    }

    private static Script[] draw() {
        List<Script> draw = new ArrayList<>();
        for (Script script : values()) {
            for (int i = 0; i < script.weight; i++) {
                draw.add(script);
            }
        }
        return draw.toArray(Script[]::new);
    }
}
