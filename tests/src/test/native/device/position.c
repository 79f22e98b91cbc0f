// SPDX-License-Identifier: Apache-2.0
#include "position.h"

#include "reader.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

ino_t position_file_number(fuse_ino_t inode) {
    return (ino_t) getpid() << 16 | inode;
}

// One handle of a process. Returns -1 if it is not a readable one of this file.
static off_t position(pid_t thread, const char *descriptor, ino_t number) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/fdinfo/%.16s", (int) thread, descriptor);
    FILE *info = fopen(path, "re");
    if (!info) {
        return -1;
    }
    long long at = -1;
    unsigned flags = O_WRONLY;
    unsigned long long found = 0;
    char line[128];
    while (fgets(line, sizeof(line), info)) {
        if (sscanf(line, "pos: %lld", &at) != 1 && sscanf(line, "flags: %o", &flags) != 1) {
            sscanf(line, "ino: %llu", &found);
        }
    }
    fclose(info);
    return found == number && (flags & O_ACCMODE) != O_WRONLY ? (off_t) at : -1;
}

off_t position_unread(pid_t thread, fuse_ino_t inode, const struct mdt *mdt) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/fdinfo", (int) thread);
    DIR *descriptors = opendir(path);
    off_t lowest = -1;
    for (struct dirent *entry; descriptors && (entry = readdir(descriptors));) {
        off_t at = position(thread, entry->d_name, position_file_number(inode));
        if (at >= 0 && (lowest < 0 || at < lowest) && !readers_have_read_up_to(mdt, at)) {
            lowest = at;
        }
    }
    if (descriptors) {
        closedir(descriptors);
    }
    return lowest < 0 ? 0 : lowest;
}
