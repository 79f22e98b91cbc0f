// SPDX-License-Identifier: Apache-2.0
#include "users.h"

#include "record/mask.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static struct user *find(struct users *users, uint32_t id) {
    for (size_t i = 0; i < users->count; i++) {
        if (users->list[i].id == id) {
            return &users->list[i];
        }
    }
    return NULL;
}

const struct user *users_find(const struct users *users, uint32_t id) {
    return find((struct users *) users, id);
}

static void remove_from(struct users *users, struct user *user) {
    size_t after = (size_t) (users->list + users->count - user) - 1;
    memmove(user, user + 1, after * sizeof(*user));
    users->count--;
}

int users_register(struct users *users, const char *name, const char *mask, uint64_t newest) {
    struct user user = {.id = ++users->last_id, .mark = newest, .active = now()};
    if (users->count == USERS_LIMIT) {
        return ENOSPC;
    }
    if (strlen(name) > USER_NAME_LIMIT) {
        return ENAMETOOLONG;
    }
    for (size_t i = 0; name[0] && i < users->count; i++) {
        if (strcmp(users->list[i].name, name) == 0) {
            return EEXIST;
        }
    }
    if (mask[0] && mask_parse(mask, &user.mask) != 0) {
        return EINVAL;
    }
    snprintf(user.name, sizeof(user.name), "%s", name);
    users->list[users->count++] = user;
    return 0;
}

int users_deregister(struct users *users, const char *id) {
    const char *number = strncmp(id, "cl", 2) == 0 ? id + 2 : id;
    struct user *user = find(users, (uint32_t) strtoul(number, NULL, 10));
    if (!user) {
        return ENOENT;
    }
    remove_from(users, user);
    return 0;
}

void users_collect(struct users *users, uint64_t limit, uint64_t newest) {
    for (size_t i = users->count; i-- > 0;) {
        if (newest - users->list[i].mark > limit) {
            remove_from(users, &users->list[i]);
        }
    }
}

int users_clear(struct users *users, uint32_t id, uint64_t index, uint64_t newest, enum generation generation) {
    // Before the id: an unknown user with an index beyond the end is EINVAL too.
    if (index > newest) {
        return EINVAL;
    }
    struct user *user = find(users, id);
    if (!user) {
        return ENOENT;
    }
    if (index == 0) {
        index = newest;
    }
    if (index < user->mark) {
        if (generation == DESTROYS) {
            users->count = (size_t) (user - users->list);
        }
        return generation == REFUSES ? EINVAL : 0;
    }
    user->mark = index;
    user->active = now();
    return 0;
}

uint64_t users_smallest_mark(const struct users *users, uint64_t newest) {
    uint64_t smallest = newest;
    for (size_t i = 0; i < users->count; i++) {
        if (users->list[i].mark < smallest) {
            smallest = users->list[i].mark;
        }
    }
    return smallest;
}

size_t users_print(const struct users *users, const char *mdt, uint64_t newest, char *text, size_t size) {
    int used = snprintf(
            text,
            size,
            "mdd.%s.changelog_users=\ncurrent_index: %" PRIu64 "\n%-29s %5s (idle) mask\n",
            mdt,
            newest,
            "ID",
            "index");
    for (size_t i = 0; i < users->count; i++) {
        const struct user *user = &users->list[i];
        char id[64];
        char mask[256] = "";
        snprintf(id, sizeof(id), "cl%" PRIu32 "%s%s", user->id, user->name[0] ? "-" : "", user->name);
        if (user->mask) {
            memcpy(mask, " mask=", 7);
            mask_print(user->mask, mask + 6, sizeof(mask) - 6);
        }
        // The index ends in column 35, however long the id is.
        used += snprintf(
                text + used,
                size - (size_t) used,
                "%s%*" PRIu64 " (%ld)%s\n",
                id,
                35 - (int) strlen(id),
                user->mark,
                (long) (now() - user->active),
                mask);
    }
    return (size_t) used;
}
