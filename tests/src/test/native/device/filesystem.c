// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "filesystem.h"

#include "clear.h"
#include "control.h"
#include "mdt.h"
#include "position.h"
#include "reader.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// _IOR('f', 233, long): sets the flags of a handle.
#define SET_FLAGS 0x800866E9U

// Room for the list of users with the longest names and masks.
#define LARGEST_USERS (USERS_LIMIT * 256 + 256)

// Inode numbers: three fixed ones, then two for each MDT.
enum { ROOT = FUSE_ROOT_ID, CONTROL, LOG, FIRST_MDT };
enum kind { DEVICE, USERS };

static struct mdt *mdt_of(fuse_ino_t inode) {
    struct mdt *mdt = mdts;
    for (fuse_ino_t i = (inode - FIRST_MDT) / 2; mdt && i > 0; i--) {
        mdt = mdt->next;
    }
    return mdt;
}

static enum kind kind_of(fuse_ino_t inode) {
    return (inode - FIRST_MDT) % 2 ? USERS : DEVICE;
}

// Returns false at the end of the numbers.
static bool name_of(fuse_ino_t inode, char *name, size_t size) {
    if (inode == CONTROL || inode == LOG) {
        snprintf(name, size, "%s", inode == CONTROL ? "control" : "log");
        return true;
    }
    const struct mdt *mdt = mdt_of(inode);
    if (mdt) {
        snprintf(name, size, "%s-%s", kind_of(inode) == DEVICE ? "changelog" : "users", mdt->name);
    }
    return mdt;
}

// A device is only there while the file system is mounted.
static bool visible(fuse_ino_t inode) {
    return inode < FIRST_MDT || kind_of(inode) == USERS || mdt_of(inode)->mounted;
}

static struct stat attributes(fuse_ino_t inode) {
    mode_t mode = S_IFREG | 0600;
    if (inode == ROOT) {
        mode = S_IFDIR | 0755;
    } else if (inode == LOG || (inode >= FIRST_MDT && kind_of(inode) == USERS)) {
        mode = S_IFREG | 0444;
    }
    return (struct stat){.st_ino = position_file_number(inode), .st_mode = mode, .st_nlink = 1, .st_uid = getuid(), .st_gid = getgid()};
}

static void lookup(fuse_req_t request, fuse_ino_t parent, const char *name) {
    char known[NAME_MAX + 1];
    if (parent == ROOT) {
        for (fuse_ino_t inode = CONTROL; name_of(inode, known, sizeof(known)); inode++) {
            if (strcmp(name, known) == 0 && visible(inode)) {
                struct fuse_entry_param entry = {.ino = inode, .attr = attributes(inode)};
                fuse_reply_entry(request, &entry);
                return;
            }
        }
    }
    fuse_reply_err(request, ENOENT);
}

static void getattr(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *file) {
    (void) file;
    struct stat attr = attributes(inode);
    fuse_reply_attr(request, &attr, 0);
}

// Tools truncate what they overwrite: no file here has a size.
static void setattr(fuse_req_t request, fuse_ino_t inode, struct stat *attr, int set, struct fuse_file_info *file) {
    (void) attr;
    (void) set;
    getattr(request, inode, file);
}

static void readdir(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset, struct fuse_file_info *file) {
    (void) inode;
    (void) file;
    char *entries = malloc(size);
    if (!entries) {
        fuse_reply_err(request, ENOMEM);
        return;
    }
    size_t used = 0;
    char name[NAME_MAX + 1];
    for (fuse_ino_t at = offset ? (fuse_ino_t) offset + 1 : CONTROL; name_of(at, name, sizeof(name)); at++) {
        struct stat attr = attributes(at);
        size_t length = fuse_add_direntry(request, NULL, 0, name, NULL, 0);
        if (used + length > size) {
            break;
        }
        if (visible(at)) {
            used += fuse_add_direntry(request, entries + used, size - used, name, &attr, (off_t) at);
        }
    }
    fuse_reply_buf(request, entries, used);
    free(entries);
}

// The text as it is at the open, with its size before it, so that a long one can be read in pieces.
struct text {
    size_t size;
    char bytes[];
};

static struct text *snapshot(fuse_ino_t inode) {
    size_t size = LARGEST_USERS;
    const char *journal = inode == LOG ? clear_journal(&size) : "";
    struct text *text = malloc(sizeof(*text) + size);
    if (!text) {
        return NULL;
    }
    if (inode == LOG) {
        memcpy(text->bytes, journal, size);
        text->size = size;
    } else {
        const struct mdt *mdt = mdt_of(inode);
        text->size = users_print(&mdt->users, mdt->name, mdt->log.newest, text->bytes, size);
    }
    return text;
}

static bool is_device(fuse_ino_t inode) {
    return inode >= FIRST_MDT && kind_of(inode) == DEVICE;
}

static void open_file(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *file) {
    void *handle = NULL;
    if (is_device(inode)) {
        struct mdt *mdt = mdt_of(inode);
        int error = mdt->mounted ? mdt->open_error : ENOENT;
        if (error) {
            fuse_reply_err(request, error);
            return;
        }
        handle = reader_open(mdt);
    } else if (inode != CONTROL) {
        handle = snapshot(inode);
    }
    if (!handle && inode != CONTROL) {
        fuse_reply_err(request, ENOMEM);
        return;
    }
    file->fh = (uintptr_t) handle;
    file->direct_io = 1;
    fuse_reply_open(request, file);
}

static void release(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *file) {
    void *handle = (void *) (uintptr_t) file->fh;
    if (is_device(inode)) {
        reader_close(handle);
    } else {
        free(handle);
    }
    fuse_reply_err(request, 0);
}

static void read_file(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset, struct fuse_file_info *file) {
    void *handle = (void *) (uintptr_t) file->fh;
    if (is_device(inode)) {
        reader_read(handle, request, size, offset, file->flags & O_NONBLOCK);
        return;
    }
    const struct text *text = handle;
    size_t left = text && (size_t) offset < text->size ? text->size - (size_t) offset : 0;
    fuse_reply_buf(request, text ? text->bytes + offset : NULL, left < size ? left : size);
}

static void control(fuse_req_t request, const char *text, size_t size) {
    char *lines = strndup(text, size);
    int error = lines ? 0 : ENOMEM;
    char *rest = lines;
    for (char *line = strsep(&rest, "\n"); line && !error; line = strsep(&rest, "\n")) {
        if (*line) {
            error = control_run(line);
        }
    }
    free(lines);
    if (error) {
        fuse_reply_err(request, error);
    } else {
        fuse_reply_write(request, size);
    }
}

static void write_file(
        fuse_req_t request,
        fuse_ino_t inode,
        const char *text,
        size_t size,
        off_t offset,
        struct fuse_file_info *file) {
    (void) offset;
    (void) file;
    if (inode == CONTROL) {
        control(request, text, size);
    } else if (is_device(inode)) {
        clear_write(mdt_of(inode), request, text, size);
    } else {
        fuse_reply_err(request, EBADF);
    }
}

// The kernel sends the argument of the call itself as `argument`. The request number says that the caller's memory is to
// be written; here the argument is no address, so the answer has no bytes.
static void ioctl(
        fuse_req_t request,
        fuse_ino_t inode,
        unsigned command,
        void *argument,
        struct fuse_file_info *file,
        unsigned flags,
        const void *in,
        size_t in_size,
        size_t out_size) {
    (void) flags;
    (void) in;
    (void) in_size;
    (void) out_size;
    if (!is_device(inode) || command != SET_FLAGS) {
        fuse_reply_err(request, EINVAL);
        return;
    }
    reader_set_flags((void *) (uintptr_t) file->fh, (unsigned) (uintptr_t) argument);
    fuse_reply_ioctl(request, 0, NULL, 0);
}

static void poll_file(
        fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *file, struct fuse_pollhandle *handle) {
    if (is_device(inode)) {
        struct reader *reader = (void *) (uintptr_t) file->fh;
        pid_t thread = fuse_req_ctx(request)->pid;
        off_t position = reader_has_read(reader) ? 0 : position_unread(thread, inode, mdt_of(inode));
        fuse_reply_poll(request, reader_poll(reader, handle, position));
    } else {
        // ENOSYS would tell the kernel that no file here can be polled.
        fuse_reply_poll(request, POLLIN | POLLOUT);
    }
}

const struct fuse_lowlevel_ops FILESYSTEM = {
    .lookup = lookup,
    .getattr = getattr,
    .setattr = setattr,
    .readdir = readdir,
    .open = open_file,
    .release = release,
    .read = read_file,
    .write = write_file,
    .ioctl = ioctl,
    .poll = poll_file,
};
