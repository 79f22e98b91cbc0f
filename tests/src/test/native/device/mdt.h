// SPDX-License-Identifier: Apache-2.0
// One MDT: its log, its users, and what goes wrong with it at the moment.
#ifndef MDT_H
#define MDT_H

#include "log.h"
#include "users.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MDT_NAME_LIMIT 48

struct reader;
struct waiting_clear;

struct mdt {
    char name[MDT_NAME_LIMIT + 1];
    struct log log;
    struct users users;
    uint32_t set_mask;     // mdd.*.changelog_mask
    uint32_t current_mask; // what is written: belongs to the log, not to a reader
    enum generation generation;
    bool numbers_itself;  // or takes the index from the source, gaps and disorder included
    uint64_t prefetch;    // records that a handle loads ahead: the most that one read gives
    uint64_t highest_read; // by any handle

    bool mounted;     // the client has the file system mounted: the device is there
    bool outage;      // the MDT is restarting: reads and clears wait
    int open_error;   // errno of every open, or 0
    int clear_error;  // errno of every clear, or 0

    struct reader *readers;
    struct waiting_clear *waiting_clears;
    struct mdt *next;
};

// In the order of creation.
extern struct mdt *mdts;

struct mdt *mdt_find(const char *name);

// These return 0 or an errno.
int mdt_create(const char *name);

// A change happens: written if a user is registered and the mask has its type. May overwrite the record's index.
int mdt_write(struct mdt *mdt, uint8_t *record, size_t size);
int mdt_register(struct mdt *mdt, const char *name, const char *mask);
int mdt_deregister(struct mdt *mdt, const char *id);
int mdt_set_mask(struct mdt *mdt, const char *mask);
int mdt_clear(struct mdt *mdt, uint32_t user, uint64_t index);

void mdt_collect_garbage(struct mdt *mdt, uint64_t limit);

// What the log loses: the mask, and with no user and no record left, all memory of its indexes and users.
void mdt_restart(struct mdt *mdt);

#endif
