// SPDX-License-Identifier: Apache-2.0
#include "source.h"

#include "reader.h"
#include "record/record.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define BLOCK_SIZE (1 << 20)

struct source {
    struct mdt *mdt;
    int file;
    size_t held; // bytes of an unfinished record at the beginning of the block
    struct source *next;
    uint8_t block[BLOCK_SIZE];
};

static struct source *followed;
static int notifications = -1;

// Splits the block into records; an unfinished one moves to its beginning. Returns 0 or an errno.
static int split(struct source *source, size_t length, int (*write)(struct mdt *, uint8_t *, size_t)) {
    size_t at = 0;
    for (size_t size; (size = record_size(source->block + at, length - at)) > 0; at += size) {
        int error = write(source->mdt, source->block + at, size);
        if (error) {
            return error;
        }
    }
    source->held = length - at;
    memmove(source->block, source->block + at, source->held);
    return 0;
}

static ssize_t read_block(struct source *source) {
    return read(source->file, source->block + source->held, BLOCK_SIZE - source->held);
}

static struct source *open_source(struct mdt *mdt, const char *path) {
    struct source *source = calloc(1, sizeof(*source));
    if (!source) {
        return NULL;
    }
    source->mdt = mdt;
    source->file = open(path, O_RDONLY | O_CLOEXEC);
    if (source->file < 0) {
        free(source);
        return NULL;
    }
    return source;
}

static int append(struct mdt *mdt, uint8_t *record, size_t size) {
    return log_append(&mdt->log, record, size);
}

int source_load(struct mdt *mdt, const char *path) {
    struct source *source = open_source(mdt, path);
    if (!source) {
        return errno;
    }
    int error = 0;
    ssize_t got;
    while (!error && (got = read_block(source)) > 0) {
        error = split(source, source->held + (size_t) got, append);
    }
    if (!error && source->held > 0) {
        error = EILSEQ;
    }
    close(source->file);
    free(source);
    readers_wake(mdt);
    return error;
}

int source_follow(struct mdt *mdt, const char *path) {
    if (notifications < 0) {
        notifications = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    }
    // Watched before it is read, so that nothing is appended unseen.
    if (notifications < 0 || inotify_add_watch(notifications, path, IN_MODIFY) < 0) {
        return errno;
    }
    struct source *source = open_source(mdt, path);
    if (!source) {
        return errno;
    }
    source->next = followed;
    followed = source;
    while (sources_drain()) {
        // Nothing would tell of what is there already.
    }
    return 0;
}

int sources_descriptor(void) {
    return notifications;
}

bool sources_drain(void) {
    char events[4096];
    while (notifications >= 0 && read(notifications, events, sizeof(events)) > 0) {
        // That something was appended is all they say.
    }
    bool more = false;
    for (struct source *source = followed; source; source = source->next) {
        ssize_t got = read_block(source);
        if (got > 0 && split(source, source->held + (size_t) got, mdt_write) == 0) {
            readers_wake(source->mdt);
            more = true;
        }
    }
    return more;
}
