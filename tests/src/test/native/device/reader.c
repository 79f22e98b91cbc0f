// SPDX-License-Identifier: Apache-2.0
#include "reader.h"

#include "record/record.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { FOLLOW = 0x1, NID_BE = 0x10 };

struct reader {
    struct mdt *mdt;
    struct reader *next;
    unsigned flags;

    // Loading is asked for by the first blocking read or poll. Without FOLLOW it ends for good at the first end of the log.
    bool asked;
    bool loading;
    bool ended;
    bool stuck; // see readers_unmount
    int error;
    uint64_t start;        // lower indexes are skipped
    struct place at;       // next record to hand out
    uint64_t loaded_until; // ordinal
    off_t position;        // where the next read is if nobody seeks
    bool read;             // at least once

    fuse_req_t waiting;
    size_t wanted;
    struct fuse_pollhandle *polled;
};

struct reader *reader_open(struct mdt *mdt) {
    struct reader *reader = calloc(1, sizeof(*reader));
    if (reader) {
        reader->mdt = mdt;
        reader->next = mdt->readers;
        mdt->readers = reader;
    }
    return reader;
}

static void forget_poll(struct reader *reader) {
    if (reader->polled) {
        fuse_pollhandle_destroy(reader->polled);
        reader->polled = NULL;
    }
}

void reader_close(struct reader *reader) {
    struct reader **link = &reader->mdt->readers;
    while (*link != reader) {
        link = &(*link)->next;
    }
    *link = reader->next;
    forget_poll(reader);
    free(reader);
}

void reader_set_flags(struct reader *reader, unsigned flags) {
    reader->flags = flags;
}

static const uint8_t *record_at(const struct reader *reader) {
    return reader->mdt->log.bytes + reader->at.offset;
}

// Loads ahead what there is, then skips records below the start: the first one left, if any, can be handed out.
static bool load(struct reader *reader) {
    struct log *log = &reader->mdt->log;
    bool frozen = reader->stuck || reader->mdt->outage || reader->error || reader->ended;
    if (reader->asked && !reader->loading && !frozen) {
        reader->loading = true;
        reader->at = log_find(log, reader->start);
        reader->loaded_until = reader->at.ordinal;
    }
    while (reader->loading) {
        if (!frozen) {
            uint64_t room = reader->at.ordinal + reader->mdt->prefetch;
            reader->loaded_until = room < log->end.ordinal ? room : log->end.ordinal;
            reader->ended = reader->loaded_until == log->end.ordinal && !(reader->flags & FOLLOW);
        }
        while (reader->at.ordinal < reader->loaded_until && record_index(record_at(reader)) < reader->start) {
            log_next(log, &reader->at);
        }
        if (reader->at.ordinal < reader->loaded_until) {
            return true;
        }
        if (frozen || reader->loaded_until == log->end.ordinal) {
            return false;
        }
    }
    return false;
}

// Whole records only: 0 if the first one does not fit, which looks like the end.
static size_t take(struct reader *reader, uint8_t *buffer, size_t size) {
    struct mdt *mdt = reader->mdt;
    size_t used = 0;
    for (; reader->at.ordinal < reader->loaded_until; log_next(&mdt->log, &reader->at)) {
        const uint8_t *record = record_at(reader);
        if (record_index(record) < reader->start) {
            continue;
        }
        size_t length = log_record_size(&mdt->log, reader->at);
        if (used + length > size) {
            break;
        }
        memcpy(buffer + used, record, length);
        record_set_nid_form(buffer + used, reader->flags & NID_BE);
        used += length;
        if (record_index(record) > mdt->highest_read) {
            mdt->highest_read = record_index(record);
        }
    }
    return used;
}

static void answer_records(struct reader *reader, fuse_req_t request, size_t size) {
    uint8_t *buffer = malloc(size);
    if (!buffer) {
        fuse_reply_err(request, ENOMEM);
        return;
    }
    size_t used = take(reader, buffer, size);
    reader->position += (off_t) used;
    fuse_reply_buf(request, (char *) buffer, used);
    free(buffer);
}

// Returns false if the request has to wait.
static bool answer(struct reader *reader, fuse_req_t request, size_t size) {
    if (load(reader)) {
        answer_records(reader, request, size);
    } else if (reader->error) {
        fuse_reply_err(request, reader->error);
    } else if (reader->ended) {
        fuse_reply_buf(request, NULL, 0);
    } else {
        return false;
    }
    return true;
}

static void interrupted(fuse_req_t request, void *data) {
    struct reader *reader = data;
    if (reader->waiting == request) {
        reader->waiting = NULL;
        fuse_reply_err(request, EINTR);
    }
}

// Before the first read nothing that a poll has loaded counts; after it, what is loaded is skipped up to there.
static void seek(struct reader *reader, off_t position) {
    if (position == reader->position) {
        return;
    }
    reader->position = position;
    reader->start = (uint64_t) position;
    if (!reader->read) {
        reader->loading = false;
        reader->ended = false;
    }
}

void reader_read(struct reader *reader, fuse_req_t request, size_t size, off_t position, bool nonblocking) {
    if (reader->read && position < reader->position) {
        // The kernel answers lseek itself, so what Lustre refuses there is refused here.
        fuse_reply_err(request, EINVAL);
        return;
    }
    seek(reader, position);
    reader->read = true;
    reader->asked |= !nonblocking;
    if (answer(reader, request, size)) {
        return;
    }
    if (nonblocking) {
        // Before any poll it is always this: nothing has asked for the loading.
        fuse_reply_err(request, EAGAIN);
    } else if (reader->waiting) {
        // Two threads that wait on one handle: nobody needs that.
        fuse_reply_err(request, EBUSY);
    } else {
        reader->waiting = request;
        reader->wanted = size;
        fuse_req_interrupt_func(request, interrupted, reader);
    }
}

static unsigned events(struct reader *reader) {
    unsigned result = load(reader) ? POLLIN | POLLRDNORM : 0;
    return result | (reader->ended ? POLLHUP : 0) | (reader->error ? POLLERR : 0);
}

bool reader_has_read(const struct reader *reader) {
    return reader->read;
}

bool readers_have_read_up_to(const struct mdt *mdt, off_t position) {
    const struct reader *reader = mdt->readers;
    while (reader && !(reader->read && reader->position == position)) {
        reader = reader->next;
    }
    return reader;
}

unsigned reader_poll(struct reader *reader, struct fuse_pollhandle *handle, off_t position) {
    if (!reader->read) {
        seek(reader, position);
    }
    reader->asked = true;
    if (handle) {
        forget_poll(reader);
        reader->polled = handle;
    }
    return events(reader);
}

static void wake(struct reader *reader) {
    if (reader->waiting && answer(reader, reader->waiting, reader->wanted)) {
        reader->waiting = NULL;
    }
    if (reader->polled && events(reader)) {
        fuse_lowlevel_notify_poll(reader->polled);
        forget_poll(reader);
    }
}

void readers_wake(struct mdt *mdt) {
    for (struct reader *reader = mdt->readers; reader; reader = reader->next) {
        wake(reader);
    }
}

void readers_break(struct mdt *mdt, int error) {
    for (struct reader *reader = mdt->readers; reader; reader = reader->next) {
        reader->error = error;
    }
    readers_wake(mdt);
}

void readers_unmount(struct mdt *mdt) {
    for (struct reader *reader = mdt->readers; reader; reader = reader->next) {
        if (reader->loading) {
            reader->error = ESHUTDOWN;
        } else {
            reader->stuck = true;
        }
    }
    readers_wake(mdt);
}
