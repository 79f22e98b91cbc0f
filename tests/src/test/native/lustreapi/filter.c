// SPDX-License-Identifier: Apache-2.0
#include "filter.h"

#include "devices.h"
#include "record/mask.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

int filter_types(const char *mdtname, const char *user, uint64_t *types) {
    char path[PATH_MAX];
    int result = file_path("users", mdtname, path);
    FILE *users = result ? NULL : fopen(path, "re");
    if (!users) {
        return result ? result : -errno;
    }
    result = -ENOENT;
    char line[512];
    while (result && fgets(line, sizeof(line), users)) {
        char id[64];
        char names[256];
        uint32_t mask;
        if (sscanf(line, "%63s %*u (%*u) mask=%255s", id, names) == 2 && strcmp(id, user) == 0
                && mask_parse(names, &mask) == 0) {
            *types = *types ? *types & mask : mask;
            result = 0;
        }
    }
    fclose(users);
    return result;
}
