// SPDX-License-Identifier: Apache-2.0
#include "mdt.h"

#include "record/mask.h"
#include "record/record.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The client's kernel loads this many records ahead of the reader.
#define KERNEL_PREFETCH 1024

struct mdt *mdts;

struct mdt *mdt_find(const char *name) {
    struct mdt *mdt = mdts;
    while (mdt && strcmp(mdt->name, name) != 0) {
        mdt = mdt->next;
    }
    return mdt;
}

int mdt_create(const char *name) {
    if (mdt_find(name)) {
        return EEXIST;
    }
    struct mdt *mdt = calloc(1, sizeof(*mdt));
    if (!mdt) {
        return ENOMEM;
    }
    int error = log_open(&mdt->log);
    if (error) {
        free(mdt);
        return error;
    }
    snprintf(mdt->name, sizeof(mdt->name), "%s", name);
    mdt->mounted = true;
    mdt->prefetch = KERNEL_PREFETCH;
    mdt->set_mask = MASK_MINIMUM;
    mdt->current_mask = MASK_MINIMUM;
    struct mdt **last = &mdts;
    while (*last) {
        last = &(*last)->next;
    }
    *last = mdt;
    return 0;
}

static uint32_t mask_of(const struct mdt *mdt, const struct user *user) {
    if (user->mask) {
        return user->mask;
    }
    return mdt->set_mask == MASK_MINIMUM ? MASK_DEFAULT : 0;
}

static void sum_masks(struct mdt *mdt) {
    mdt->current_mask = mdt->set_mask;
    for (size_t i = 0; i < mdt->users.count; i++) {
        mdt->current_mask |= mask_of(mdt, &mdt->users.list[i]);
    }
}

static void purge(struct mdt *mdt) {
    log_purge(&mdt->log, users_smallest_mark(&mdt->users, mdt->log.newest));
}

int mdt_write(struct mdt *mdt, uint8_t *record, size_t size) {
    uint32_t type = record_type(record);
    bool masked = type < RECORD_TYPES && !(mdt->current_mask >> type & 1);
    if (mdt->users.count == 0 || masked) {
        return 0;
    }
    if (mdt->numbers_itself) {
        record_set_index(record, mdt->log.newest + 1);
    }
    return log_append(&mdt->log, record, size);
}

int mdt_register(struct mdt *mdt, const char *name, const char *mask) {
    int error = users_register(&mdt->users, name, mask, mdt->log.newest);
    if (!error) {
        mdt->current_mask |= mdt->set_mask | mask_of(mdt, &mdt->users.list[mdt->users.count - 1]);
    }
    return error;
}

int mdt_deregister(struct mdt *mdt, const char *id) {
    int error = users_deregister(&mdt->users, id);
    if (!error) {
        sum_masks(mdt);
        purge(mdt);
    }
    return error;
}

int mdt_set_mask(struct mdt *mdt, const char *mask) {
    int error = mask_parse(mask, &mdt->set_mask);
    if (!error) {
        sum_masks(mdt);
    }
    return error;
}

int mdt_clear(struct mdt *mdt, uint32_t user, uint64_t index) {
    int error = users_clear(&mdt->users, user, index, mdt->log.newest, mdt->generation);
    purge(mdt);
    return error;
}

void mdt_collect_garbage(struct mdt *mdt, uint64_t limit) {
    users_collect(&mdt->users, limit, mdt->log.newest);
    sum_masks(mdt);
    purge(mdt);
}

void mdt_restart(struct mdt *mdt) {
    // As observed: a mask that was set without -P is lost, and of several users only the last one's mask is in force.
    mdt->set_mask = MASK_MINIMUM;
    mdt->current_mask = MASK_MINIMUM;
    if (mdt->users.count > 0) {
        mdt->current_mask |= mask_of(mdt, &mdt->users.list[mdt->users.count - 1]);
    } else if (mdt->log.first.ordinal == mdt->log.end.ordinal) {
        mdt->log.newest = 0;
        mdt->highest_read = 0;
        mdt->users.last_id = 0;
    }
}
