// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "devices.h"

#include "lustreapi.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char devices[PATH_MAX];

void lustreapi_set_devices(const char *directory) {
    snprintf(devices, sizeof(devices), "%s", directory);
}

int file_path(const char *kind, const char *mdtname, char path[PATH_MAX]) {
    const char *directory = devices[0] ? devices : getenv("LUSTREAPI_DEVICES");
    int length = snprintf(path, PATH_MAX, "%s/%s-%s", directory ? directory : "/dev", kind, mdtname);
    return length < PATH_MAX ? 0 : -EOVERFLOW;
}

void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}
