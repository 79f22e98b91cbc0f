// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "clear.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Of the text with its NUL, if it has one.
#define LONGEST_COMMAND 64

struct waiting_clear {
    struct waiting_clear *next;
    struct mdt *mdt;
    fuse_req_t request;
    size_t size; // of the text: what a successful write returns
    uint32_t user;
    uint64_t index;
};

static FILE *journal;
static char *journal_text;
static size_t journal_size;

static void note(const struct mdt *mdt, const char *what, uint64_t mark, int error) {
    if (!journal) {
        journal = open_memstream(&journal_text, &journal_size);
    }
    fprintf(journal,
            "%s %s %s mark=%" PRIu64 " read=%" PRIu64 " newest=%" PRIu64 "\n",
            mdt->name,
            what,
            error ? strerrorname_np(error) : "OK",
            mark,
            mdt->highest_read,
            mdt->log.newest);
    fflush(journal);
}

const char *clear_journal(size_t *size) {
    *size = journal_size;
    return journal ? journal_text : "";
}

static void reply(fuse_req_t request, size_t size, int error) {
    if (error) {
        fuse_reply_err(request, error);
    } else {
        fuse_reply_write(request, size);
    }
}

static void clear(struct mdt *mdt, const struct waiting_clear *clear) {
    char what[48];
    snprintf(what, sizeof(what), "cl%" PRIu32 " %" PRIu64, clear->user, clear->index);
    const struct user *user = users_find(&mdt->users, clear->user);
    uint64_t mark = user ? user->mark : 0;
    struct mdt before = *mdt;
    int error = mdt->clear_error ? mdt->clear_error : mdt_clear(mdt, clear->user, clear->index);
    note(&before, what, mark, error);
    reply(clear->request, clear->size, error);
}

static void interrupted(fuse_req_t request, void *data) {
    struct waiting_clear *clear = data;
    struct waiting_clear **link = &clear->mdt->waiting_clears;
    while (*link != clear) {
        link = &(*link)->next;
    }
    *link = clear->next;
    free(clear);
    fuse_reply_err(request, EINTR);
}

static void wait_for_mdt(struct mdt *mdt, const struct waiting_clear *clear) {
    struct waiting_clear *waiting = malloc(sizeof(*waiting));
    if (!waiting) {
        fuse_reply_err(clear->request, ENOMEM);
        return;
    }
    *waiting = *clear;
    waiting->next = mdt->waiting_clears;
    mdt->waiting_clears = waiting;
    fuse_req_interrupt_func(clear->request, interrupted, waiting);
}

void clear_write(struct mdt *mdt, fuse_req_t request, const char *text, size_t size) {
    char command[LONGEST_COMMAND] = "";
    struct waiting_clear request_to_clear = {.mdt = mdt, .request = request, .size = size};
    if (size <= sizeof(command)) {
        memcpy(command, text, size);
        command[sizeof(command) - 1] = '\0';
    }
    // Digits only, unlike what this sscanf would take; what follows the number does not matter to Lustre either.
    char digits[2][21];
    if (sscanf(command, "clear:cl%20[0-9]:%20[0-9]", digits[0], digits[1]) != 2) {
        note(mdt, "malformed", 0, EINVAL);
        fuse_reply_err(request, EINVAL);
        return;
    }
    request_to_clear.user = (uint32_t) strtoul(digits[0], NULL, 10);
    request_to_clear.index = strtoull(digits[1], NULL, 10);
    if (mdt->outage) {
        wait_for_mdt(mdt, &request_to_clear);
    } else {
        clear(mdt, &request_to_clear);
    }
}

void clear_resume(struct mdt *mdt) {
    while (mdt->waiting_clears) {
        struct waiting_clear *waiting = mdt->waiting_clears;
        mdt->waiting_clears = waiting->next;
        clear(mdt, waiting);
        free(waiting);
    }
}
