// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Empty if no fault is wanted.
static void wanted(const char *mount, const char *fid, char fault[32]) {
    const char *names[] = {fid, "all"};
    fault[0] = 0;
    for (int i = 0; i < 2 && !fault[0]; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof(path), "%s/.lustre/fault/%s", mount, names[i]);
        FILE *file = fopen(path, "re");
        if (file) {
            if (fscanf(file, "%31s", fault) != 1) {
                fault[0] = 0;
            }
            fclose(file);
        }
    }
}

int fault(const char *mount, const char *fid) {
    char what[32];
    wanted(mount, fid, what);
    while (strcmp(what, "hang") == 0) {
        nanosleep(&(struct timespec) {.tv_nsec = 5000000}, NULL);
        wanted(mount, fid, what);
    }
    return -atoi(what);
}
