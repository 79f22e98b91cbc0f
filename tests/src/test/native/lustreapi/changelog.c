// SPDX-License-Identifier: Apache-2.0
#include "devices.h"
#include "filter.h"
#include "lustreapi.h"
#include "record/record.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { FOLLOW = 0x1, JOBID = 0x4, EXTRA_FLAGS = 0x8, NID_BE = 0x10 };

#define SET_FLAGS _IOR('f', 233, long)
#define BUFFER_SIZE 4096
#define VALID 0x6368676c

struct stream {
    int valid;
    int device;
    unsigned flags;
    unsigned extra_flags;
    uint64_t types; // 0 for all
    size_t at;
    size_t filled;
    uint8_t buffer[BUFFER_SIZE];
};

static struct stream *stream_of(void *priv) {
    struct stream *stream = priv;
    return stream && stream->valid == VALID ? stream : NULL;
}

static void warn_once(bool lacks, bool *warned, const char *function, const char *flag) {
    if (lacks && !*warned) {
        complain("warning: %s() called without %s", function, flag);
        *warned = true;
    }
}

static int open_at(struct stream *stream, const char *mdtname, long long startrec) {
    char path[PATH_MAX];
    int result = file_path("changelog", mdtname, path);
    if (result) {
        return result;
    }
    stream->device = open(path, O_RDONLY | O_CLOEXEC);
    if (stream->device < 0) {
        return -errno;
    }
    if (startrec != 0 && lseek(stream->device, startrec, SEEK_SET) < 0) {
        result = -errno;
        close(stream->device);
    }
    return result;
}

int llapi_changelog_start(void **priv, int flags, const char *mdtname, long long startrec) {
    static bool warned_of_extra_flags;
    static bool warned_of_jobs;
    struct stream *stream = calloc(1, sizeof(*stream));
    if (!stream) {
        return -ENOMEM;
    }
    stream->valid = VALID;
    stream->flags = (unsigned) flags;
    int result = open_at(stream, mdtname, startrec);
    if (result) {
        free(stream);
        return result;
    }
    warn_once(!(flags & EXTRA_FLAGS), &warned_of_extra_flags, "llapi_changelog_start", "CHANGELOG_FLAG_EXTRA_FLAGS");
    warn_once(!(flags & JOBID), &warned_of_jobs, "llapi_changelog_start", "CHANGELOG_FLAG_JOBID");
    if ((flags & (FOLLOW | NID_BE)) && ioctl(stream->device, SET_FLAGS, (long) flags) < 0) {
        complain("can't enable kernel send flags");
    }
    *priv = stream;
    return 0;
}

int llapi_changelog_start_user(
        void **priv, int flags, const char *mdtname, const char *user, uint64_t mask, long long startrec) {
    int result = llapi_changelog_start(priv, flags, mdtname, startrec);
    if (result) {
        return result;
    }
    struct stream *stream = *priv;
    stream->types = mask;
    result = filter_types(mdtname, user, &stream->types);
    if (result) {
        llapi_changelog_fini(priv);
    }
    return result;
}

int llapi_changelog_set_xflags(void *priv, int extra_flags) {
    static bool warned;
    struct stream *stream = stream_of(priv);
    if (!stream) {
        return -EINVAL;
    }
    stream->extra_flags = (unsigned) extra_flags;
    warn_once(
            !(extra_flags & EXTRA_UIDGID), &warned, "llapi_changelog_set_xflags", "CHANGELOG_EXTRA_FLAG_UIDGID");
    return 0;
}

// The next record in the buffer, read if need be. Returns 0, 1 at the end, or a negated errno.
static int next(struct stream *stream, const uint8_t **record) {
    if (stream->at == stream->filled) {
        ssize_t got = read(stream->device, stream->buffer, BUFFER_SIZE);
        if (got <= 0) {
            return got < 0 ? -errno : 1;
        }
        stream->at = 0;
        stream->filled = (size_t) got;
    }
    *record = stream->buffer + stream->at;
    stream->at += record_size(*record, stream->filled - stream->at);
    return 0;
}

static bool wanted(const struct stream *stream, const uint8_t *record) {
    uint32_t type = record_type(record);
    return stream->types == 0 || type >= 64 || (stream->types >> type & 1);
}

int llapi_changelog_recv(void *priv, struct changelog_rec **rec) {
    struct stream *stream = stream_of(priv);
    if (!stream || !rec) {
        return -EINVAL;
    }
    *rec = NULL;
    const uint8_t *record = NULL;
    do {
        int result = next(stream, &record);
        if (result) {
            return result;
        }
    } while (!wanted(stream, record));
    // A rename's other FIDs come in any case. The bits of the extra flags are those of the records.
    unsigned flags = RECORD_RENAME | (stream->flags & JOBID ? RECORD_JOBID : 0)
            | (stream->flags & EXTRA_FLAGS ? RECORD_EXTRA_FLAGS : 0);
    unsigned extra_flags = stream->extra_flags | (stream->flags & NID_BE ? EXTRA_NID_BE : 0);
    *rec = (struct changelog_rec *) record_repack(record, flags, extra_flags);
    return *rec ? 0 : -ENOMEM;
}

int llapi_changelog_free(struct changelog_rec **rec) {
    free(*rec);
    *rec = NULL;
    return 0;
}

int llapi_changelog_in_buf(void *priv) {
    struct stream *stream = stream_of(priv);
    return stream && stream->at < stream->filled;
}

int llapi_changelog_get_fd(void *priv) {
    struct stream *stream = stream_of(priv);
    return stream ? stream->device : -EINVAL;
}

int llapi_changelog_fini(void **priv) {
    struct stream *stream = stream_of(*priv);
    if (!stream) {
        return -EINVAL;
    }
    close(stream->device);
    stream->valid = 0;
    free(stream);
    *priv = NULL;
    return 0;
}
