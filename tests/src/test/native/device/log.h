// SPDX-License-Identifier: Apache-2.0
// One MDT's log: the raw records, in the order in which they were written, in an unlinked temporary file.
#ifndef LOG_H
#define LOG_H

#include <stddef.h>
#include <stdint.h>

// Where a record begins: how many came before it, and how many bytes.
struct place {
    uint64_t ordinal;
    size_t offset;
};

struct milestone {
    struct place place;
    uint64_t highest_before;
};

struct log {
    int file;
    uint8_t *bytes;
    struct place first; // oldest record that is not purged
    struct place end;
    uint64_t newest; // highest index ever written: "current_index"
    struct milestone *milestones;
    size_t milestone_count;
};

// Returns 0 or an errno, like all functions here that return int.
int log_open(struct log *log);

// Appends one whole record.
int log_append(struct log *log, const uint8_t *record, size_t size);

// The oldest record with at least this index, or the end.
struct place log_find(const struct log *log, uint64_t index);

size_t log_record_size(const struct log *log, struct place place);

void log_next(const struct log *log, struct place *place);

// Takes away what lies before the first record above `index`. A reader that is past the old first record still sees it.
void log_purge(struct log *log, uint64_t index);

#endif
