// SPDX-License-Identifier: Apache-2.0
// Where the devices are, and what is written to stderr.
#ifndef DEVICES_H
#define DEVICES_H

#include <limits.h>

// Of the "changelog" or the "users" of an MDT. Returns 0 or a negated errno.
int file_path(const char *kind, const char *mdtname, char path[PATH_MAX]);

// "program: message"
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

#endif
