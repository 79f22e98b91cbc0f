// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "control.h"

#include "clear.h"
#include "mdt.h"
#include "reader.h"
#include "source.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int load(struct mdt *mdt, char *path) {
    return source_load(mdt, path);
}

static int follow(struct mdt *mdt, char *path) {
    return source_follow(mdt, path);
}

static int numbering(struct mdt *mdt, char *kind) {
    mdt->numbers_itself = strcmp(kind, "own") == 0;
    return mdt->numbers_itself || strcmp(kind, "file") == 0 ? 0 : EINVAL;
}

static int gap(struct mdt *mdt, char *records) {
    mdt->log.newest += strtoull(records, NULL, 10);
    return 0;
}

static int prefetch(struct mdt *mdt, char *records) {
    uint64_t number = strtoull(records, NULL, 10);
    if (number == 0) {
        return EINVAL;
    }
    mdt->prefetch = number;
    return 0;
}

// "[NAME] [mask=MASK]"
static int register_user(struct mdt *mdt, char *arguments) {
    const char *name = "";
    const char *mask = "";
    for (char *word = strtok(arguments, " "); word; word = strtok(NULL, " ")) {
        if (strncmp(word, "mask=", 5) == 0) {
            mask = word + 5;
        } else {
            name = word;
        }
    }
    return mdt_register(mdt, name, mask);
}

static int deregister(struct mdt *mdt, char *id) {
    return mdt_deregister(mdt, id);
}

static int mask(struct mdt *mdt, char *types) {
    return mdt_set_mask(mdt, types);
}

static int gc(struct mdt *mdt, char *limit) {
    mdt_collect_garbage(mdt, strtoull(limit, NULL, 10));
    return 0;
}

static int generation(struct mdt *mdt, char *name) {
    static const char *const names[] = {[REFUSES] = "refuses", [DESTROYS] = "destroys", [IGNORES] = "ignores"};
    for (enum generation i = REFUSES; i <= IGNORES; i++) {
        if (strcmp(name, names[i]) == 0) {
            mdt->generation = i;
            return 0;
        }
    }
    return EINVAL;
}

static int restart(struct mdt *mdt, char *none) {
    (void) none;
    mdt_restart(mdt);
    return 0;
}

static int outage(struct mdt *mdt, char *none) {
    (void) none;
    mdt->outage = true;
    return 0;
}

static int recover(struct mdt *mdt, char *none) {
    (void) none;
    mdt->outage = false;
    readers_wake(mdt);
    clear_resume(mdt);
    return 0;
}

static int unmount(struct mdt *mdt, char *none) {
    (void) none;
    mdt->mounted = false;
    readers_unmount(mdt);
    return 0;
}

static int mount(struct mdt *mdt, char *none) {
    (void) none;
    mdt->mounted = true;
    return 0;
}

// "OK" is no error. Returns whether there is one of this name.
static int parse_errno(const char *name, int *number) {
    for (int i = 1; i < 256; i++) {
        const char *known = strerrorname_np(i);
        if (known && strcmp(name, known) == 0) {
            *number = i;
            return 0;
        }
    }
    *number = 0;
    return strcmp(name, "OK") == 0 ? 0 : EINVAL;
}

static int break_handles(struct mdt *mdt, char *name) {
    int number;
    int error = parse_errno(name, &number);
    if (!error) {
        readers_break(mdt, number);
    }
    return error;
}

static int open_error(struct mdt *mdt, char *name) {
    return parse_errno(name, &mdt->open_error);
}

static int clear_error(struct mdt *mdt, char *name) {
    return parse_errno(name, &mdt->clear_error);
}

enum arguments { NONE, SOME, OPTIONAL };

static const struct command {
    const char *name;
    enum arguments arguments;
    int (*run)(struct mdt *, char *);
} COMMANDS[] = {
    {"load", SOME, load},
    {"follow", SOME, follow},
    {"numbering", SOME, numbering},
    {"gap", SOME, gap},
    {"prefetch", SOME, prefetch},
    {"register", OPTIONAL, register_user},
    {"deregister", SOME, deregister},
    {"mask", SOME, mask},
    {"gc", SOME, gc},
    {"generation", SOME, generation},
    {"restart", NONE, restart},
    {"outage", NONE, outage},
    {"recover", NONE, recover},
    {"break", SOME, break_handles},
    {"open-error", SOME, open_error},
    {"clear-error", SOME, clear_error},
    {"umount", NONE, unmount},
    {"mount", NONE, mount},
};

// "COMMAND MDT [ARGUMENTS]"
int control_run(char *line) {
    char *name = strsep(&line, " ");
    char *mdt_name = strsep(&line, " ");
    if (!mdt_name) {
        return EBADMSG;
    }
    if (strcmp(name, "mdt") == 0) {
        return line || strlen(mdt_name) > MDT_NAME_LIMIT ? EBADMSG : mdt_create(mdt_name);
    }
    struct mdt *mdt = mdt_find(mdt_name);
    for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(*COMMANDS); i++) {
        const struct command *command = &COMMANDS[i];
        if (strcmp(name, command->name) == 0) {
            if (!mdt) {
                return ENOENT;
            }
            bool wrong = line ? command->arguments == NONE : command->arguments == SOME;
            return wrong ? EBADMSG : command->run(mdt, line ? line : (char[1]){""});
        }
    }
    return EBADMSG;
}
