// SPDX-License-Identifier: Apache-2.0
// The changelog users of one MDT: who has cleared how far.
#ifndef USERS_H
#define USERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define USERS_LIMIT 64
#define USER_NAME_LIMIT 16

// What the three generations of servers do with a clear below the user's mark.
enum generation {
    REFUSES,  // before 2.17.51: EINVAL
    DESTROYS, // 2.17.51 to 2.17.56: this and every later user are gone. The answer was not observed; success is the worst
    IGNORES,  // from 2.17.57: success, nothing changes
};

struct user {
    uint32_t id;
    char name[USER_NAME_LIMIT + 1]; // "" if it has none
    uint32_t mask;                  // 0 if it was registered without one
    uint64_t mark;
    time_t active; // last clear, or the registration
};

struct users {
    struct user list[USERS_LIMIT]; // in the order of registration
    size_t count;
    uint32_t last_id;
};

// Returns 0 or an errno. A refused registration uses up a number, as on a real server.
int users_register(struct users *users, const char *name, const char *mask, uint64_t newest);

// By "cl1", "1" or "cl1-name": ENOENT if there is no such user.
int users_deregister(struct users *users, const char *id);

// Removes all who are more than `limit` records behind, as the server's garbage collection does.
void users_collect(struct users *users, uint64_t limit, uint64_t newest);

// What clear(cl<id>, index) does and answers; 0 stands for the newest index.
int users_clear(struct users *users, uint32_t id, uint64_t index, uint64_t newest, enum generation generation);

const struct user *users_find(const struct users *users, uint32_t id);

// The highest index that nobody needs any more.
uint64_t users_smallest_mark(const struct users *users, uint64_t newest);

// The text of mdd.<MDT>.changelog_users.
size_t users_print(const struct users *users, const char *mdt, uint64_t newest, char *text, size_t size);

#endif
