// SPDX-License-Identifier: Apache-2.0
// What a user registered for.
#ifndef FILTER_H
#define FILTER_H

#include <stdint.h>

// Leaves of the wanted types (0: all) those of the user's mask. Returns 0, or -ENOENT if there is no such user, or none with a
// mask: Lustre 2.17 does not find a user without one.
int filter_types(const char *mdtname, const char *user, uint64_t *types);

#endif
