// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.RecordType;

/** A program at work: goes through one script after the other, always within one block. Reused, so nothing is allocated. */
final class Actor {
    static final int DEEPEST = 32;

    private static final int CREAT = RecordType.CREAT.number();
    private static final int MKDIR = RecordType.MKDIR.number();
    private static final int HLINK = RecordType.HLINK.number();
    private static final int SLINK = RecordType.SLINK.number();
    private static final int MKNOD = RecordType.MKNOD.number();
    private static final int UNLNK = RecordType.UNLNK.number();
    private static final int RMDIR = RecordType.RMDIR.number();
    private static final int RENME = RecordType.RENME.number();
    private static final int OPEN = RecordType.OPEN.number();
    private static final int CLOSE = RecordType.CLOSE.number();
    private static final int LYOUT = RecordType.LYOUT.number();
    private static final int TRUNC = RecordType.TRUNC.number();
    private static final int SATTR = RecordType.SATTR.number();
    private static final int XATTR = RecordType.XATTR.number();
    private static final int HSM = RecordType.HSM.number();
    private static final int MTIME = RecordType.MTIME.number();
    private static final int CTIME = RecordType.CTIME.number();
    private static final int ATIME = RecordType.ATIME.number();
    private static final int FLRW = RecordType.FLRW.number();
    private static final int RESYNC = RecordType.RESYNC.number();
    private static final int GXATR = RecordType.GXATR.number();
    private static final int NOPEN = RecordType.NOPEN.number();

    private static final int LAST = 0x1;
    private static final int LAST_ARCHIVED = 0x3;
    private static final int COPY_TOOL_JOB = 8;

    private Script script;
    private int next;
    private long hash;
    private int job;
    private int client;
    private long home;

    private long file;
    private long fileParent;
    private long fileName;
    private long linkParent;
    private long linkName;
    private long other;
    private long otherParent;
    private long otherName;
    private final long[] directories = new long[DEEPEST];
    private final long[] directoryNames = new long[DEEPEST];
    private int depth;

    void rest() {
        script = null;
        next = 0;
    }

    boolean isResting() {
        return script == null;
    }

    /** @param directory a long-lived one, in which it all happens */
    void start(Script newScript, long newHash, int newJob, long directory) {
        script = newScript;
        next = 0;
        hash = newHash;
        job = newJob;
        client = Workforce.client(newJob);
        home = directory;
        depth = 0;
    }

    /** Writes the next record. */
    void go(LogBlock log) {
        Step step = script.step(next);
        perform(step, log);
        if (++next == script.length()) {
            script = null;
        }
    }

    private void perform(Step step, LogBlock log) {
        switch (step) {
            case CREATE -> create(CREAT, home, log);
            case CREATE_INSIDE -> create(CREAT, directories[depth - 1], log);
            case MAKE_FIFO -> create(MKNOD, home, log);
            case MAKE_SYMLINK -> create(SLINK, home, log);
            case CREATE_OTHER -> createOther(log);
            case OPEN_NEW -> log.open(OPEN, isAppended() ? 0x24a : 0x4a, file, fileParent, job);
            case CLOSE_NEW -> log.plain(CLOSE, isAppended() ? 0x242 : 0x42, file, fileParent, job);
            case OPEN_TO_READ -> log.open(OPEN, 0x1, file, fileParent, job);
            case CLOSE_READ -> log.plain(CLOSE, 0x1, file, fileParent, job);
            case OPEN_TO_WRITE -> log.open(OPEN, 0x2, file, fileParent, job);
            case CLOSE_WRITTEN -> log.plain(CLOSE, 0x2, file, fileParent, job);
            case REFUSED_READ -> log.open(NOPEN, 0x1, file, fileParent, stranger());
            case REFUSED_WRITE -> log.open(NOPEN, 0x442, file, fileParent, stranger());
            case SET_MODE -> log.plain(SATTR, 0x14, file, fileParent, job);
            case SET_OWNER -> log.plain(SATTR, 0xe4, file, fileParent, job);
            case SET_XATTR -> log.xattr(XATTR, file, fileParent, job);
            case GET_XATTR -> log.xattr(GXATR, file, fileParent, job);
            case TRUNCATE -> log.plain(TRUNC, 0xe, file, fileParent, job);
            case SET_MTIME -> log.plain(MTIME, 0x7, file, fileParent, job);
            case SET_CTIME -> log.plain(CTIME, 0x5, file, fileParent, job);
            case SET_ATIME -> log.plain(ATIME, 0x4, file, fileParent, job);
            case LINK -> link(log);
            case LINK_OTHER -> linkOther(log);
            case UNLINK_FIRST -> unlinkFirst(log);
            case UNLINK -> log.name(UNLNK, LAST, file, fileParent, fileName, job);
            case UNLINK_ARCHIVED -> log.name(UNLNK, LAST_ARCHIVED, file, fileParent, fileName, job);
            case UNLINK_OTHER -> log.name(UNLNK, LAST, other, linkParent, linkName, job);
            case RENAME -> rename(fileParent, log);
            case RENAME_AWAY -> rename(elsewhere(log), log);
            case RENAME_OVER -> renameOver(LAST, log);
            case RENAME_OVER_LINKED -> renameOver(0, log);
            case RENAME_OVER_ARCHIVED -> renameOver(LAST_ARCHIVED, log);
            case MAKE_DIRECTORY -> makeDirectory(log);
            case MOVE_DIRECTORY -> moveDirectory(log);
            case REMOVE_DIRECTORY -> removeDirectory(log);
            case SERVER_HSM_STATE -> log.server(HSM, 0x280, file, fileParent);
            case HSM_STATE -> log.plain(HSM, 0x280, file, fileParent, COPY_TOOL_JOB);
            case HSM_ARCHIVED -> log.plain(HSM, 0x0, file, fileParent, COPY_TOOL_JOB);
            case OTHER_HSM_ARCHIVED -> log.plain(HSM, 0x0, other, otherParent, COPY_TOOL_JOB);
            case HSM_ARCHIVE_FAILED -> log.plain(HSM, 0x7d, file, fileParent, COPY_TOOL_JOB);
            case HSM_RELEASED -> log.plain(HSM, 0x180, file, fileParent, COPY_TOOL_JOB);
            case HSM_RESTORED -> log.plain(HSM, 0x80, file, fileParent, COPY_TOOL_JOB);
            case HSM_DIRTY -> log.plain(HSM, 0x680, file, fileParent, job);
            case RELEASE -> log.plain(TRUNC, 0xf, file, fileParent, job);
            case CHANGE_LAYOUT -> log.plain(LYOUT, 0, file, fileParent, job);
            case SERVER_LAYOUT -> log.server(LYOUT, 0, file, fileParent);
            case MIRROR_STALE -> log.server(FLRW, 0, file, fileParent);
            case RESYNC_MIRROR -> log.plain(RESYNC, 0, file, fileParent, job);
            case TOUCH_DIRECTORY -> log.plain(SATTR, 0x14, home, SimulatedFid.NONE, job);
            case LABEL_DIRECTORY -> log.xattr(XATTR, home, SimulatedFid.NONE, job);
            case READ_DIRECTORY_ACL -> log.xattr(GXATR, home, SimulatedFid.NONE, job);
        }
    }

    private void create(int type, long parent, LogBlock log) {
        file = log.newFid(client);
        fileParent = parent;
        fileName = log.newName();
        log.name(type, 0, file, fileParent, fileName, job);
    }

    private void createOther(LogBlock log) {
        other = log.newFid(client);
        otherParent = home;
        otherName = log.newName();
        log.name(CREAT, 0, other, otherParent, otherName, job);
    }

    private void link(LogBlock log) {
        linkParent = elsewhere(log);
        linkName = log.newName();
        log.name(HLINK, 0, file, linkParent, linkName, job);
    }

    private void linkOther(LogBlock log) {
        linkParent = elsewhere(log);
        linkName = log.newName();
        log.name(HLINK, 0, other, linkParent, linkName, job);
    }

    private void unlinkFirst(LogBlock log) {
        log.name(UNLNK, 0, file, fileParent, fileName, job);
        fileParent = linkParent;
        fileName = linkName;
    }

    private void rename(long parent, LogBlock log) {
        long name = log.newName();
        log.rename(RENME, 0, SimulatedFid.NONE, parent, name, file, fileParent, fileName, job);
        fileParent = parent;
        fileName = name;
    }

    private void renameOver(int flags, LogBlock log) {
        log.rename(RENME, flags, other, otherParent, otherName, file, fileParent, fileName, job);
        fileParent = otherParent;
        fileName = otherName;
    }

    private void makeDirectory(LogBlock log) {
        long parent = depth == 0 ? home : directories[depth - 1];
        directories[depth] = log.newFid(client);
        directoryNames[depth] = log.newDirectoryName();
        log.name(MKDIR, 0, directories[depth], parent, directoryNames[depth], job);
        depth++;
    }

    private void moveDirectory(LogBlock log) {
        long parent = elsewhere(log);
        long name = log.newDirectoryName();
        log.rename(RENME, 0, SimulatedFid.NONE, parent, name, directories[0], home, directoryNames[0], job);
        directoryNames[0] = name;
        home = parent;
    }

    private void removeDirectory(LogBlock log) {
        depth--;
        long parent = depth == 0 ? home : directories[depth - 1];
        log.name(RMDIR, LAST, directories[depth], parent, directoryNames[depth], job);
    }

    /** A long-lived directory, another one each time but perhaps the same. */
    private long elsewhere(LogBlock log) {
        hash = Mix.next(hash);
        return Tree.any(log.mdt(), Mix.finish(hash));
    }

    private boolean isAppended() {
        return (hash & 3) == 3;
    }

    /** The job of somebody who may not open the file. */
    private int stranger() {
        return (job + 5) % Workforce.JOBS;
    }
}
