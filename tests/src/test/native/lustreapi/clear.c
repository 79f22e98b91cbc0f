// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "devices.h"
#include "lustreapi.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// What the device takes, with the NUL.
#define LONGEST_COMMAND 64

int llapi_changelog_clear(const char *mdtname, const char *idstr, long long endrec) {
    if (endrec < 0) {
        complain("can't purge negative records");
        return -EINVAL;
    }
    // The name of a user ("cl1-robin") is not sent, and nobody checks it.
    char command[LONGEST_COMMAND];
    int id_length = (int) strcspn(idstr, "-");
    int length = snprintf(command, sizeof(command), "clear:%.*s:%lld", id_length, idstr, endrec);
    if (length >= LONGEST_COMMAND) {
        return -EINVAL;
    }
    char path[PATH_MAX];
    int result = file_path("changelog", mdtname, path);
    if (result) {
        return result;
    }
    int device = open(path, O_WRONLY | O_CLOEXEC);
    if (device < 0) {
        result = -errno;
        complain("cannot open '%s': %s (%d)", path, strerror(-result), -result);
        return result;
    }
    if (write(device, command, (size_t) length + 1) < 0) {
        result = -errno;
        complain("cannot purge records for '%s': %s (%d)", idstr, strerror(-result), -result);
    }
    close(device);
    return result;
}
