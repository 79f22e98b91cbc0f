// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "log.h"

#include "record/record.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Address space only: the file grows below it as records are written.
#define LARGEST_LOG ((size_t) 16 << 30)

// So that opening at an index does not walk over all records.
#define RECORDS_PER_MILESTONE 4096

int log_open(struct log *log) {
    FILE *file = tmpfile();
    if (!file) {
        return errno;
    }
    log->file = dup(fileno(file));
    fclose(file);
    if (log->file < 0) {
        return errno;
    }
    log->bytes = mmap(NULL, LARGEST_LOG, PROT_READ, MAP_SHARED | MAP_NORESERVE, log->file, 0);
    return log->bytes == MAP_FAILED ? errno : 0;
}

static int add_milestone(struct log *log) {
    // Grows in powers of two: a full array has a power of two of entries.
    size_t count = log->milestone_count;
    if ((count & (count - 1)) == 0) {
        struct milestone *grown = reallocarray(log->milestones, count ? 2 * count : 1, sizeof(*grown));
        if (!grown) {
            return ENOMEM;
        }
        log->milestones = grown;
    }
    log->milestones[log->milestone_count++] = (struct milestone){log->end, log->newest};
    return 0;
}

int log_append(struct log *log, const uint8_t *record, size_t size) {
    if (log->end.offset + size > LARGEST_LOG) {
        return ENOSPC;
    }
    if (log->end.ordinal % RECORDS_PER_MILESTONE == 0) {
        int error = add_milestone(log);
        if (error) {
            return error;
        }
    }
    ssize_t written = pwrite(log->file, record, size, (off_t) log->end.offset);
    if (written != (ssize_t) size) {
        return written < 0 ? errno : ENOSPC;
    }
    log->end.offset += size;
    log->end.ordinal++;
    if (record_index(record) > log->newest) {
        log->newest = record_index(record);
    }
    return 0;
}

size_t log_record_size(const struct log *log, struct place place) {
    return record_size(log->bytes + place.offset, log->end.offset - place.offset);
}

void log_next(const struct log *log, struct place *place) {
    place->offset += log_record_size(log, *place);
    place->ordinal++;
}

struct place log_find(const struct log *log, uint64_t index) {
    struct place place = log->first;
    for (size_t i = log->milestone_count; i-- > 0;) {
        const struct milestone *milestone = &log->milestones[i];
        if (milestone->place.ordinal <= log->first.ordinal) {
            break;
        }
        if (milestone->highest_before < index) {
            place = milestone->place;
            break;
        }
    }
    while (place.ordinal < log->end.ordinal && record_index(log->bytes + place.offset) < index) {
        log_next(log, &place);
    }
    return place;
}

void log_purge(struct log *log, uint64_t index) {
    while (log->first.ordinal < log->end.ordinal && record_index(log->bytes + log->first.offset) <= index) {
        log_next(log, &log->first);
    }
}
