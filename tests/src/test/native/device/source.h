// SPDX-License-Identifier: Apache-2.0
// Files of raw records that become an MDT's log.
#ifndef SOURCE_H
#define SOURCE_H

#include "mdt.h"
#include <stdbool.h>

// Puts all records of a file into the log as if they had been written before, whoever is registered.
// Returns 0 or an errno: EILSEQ if the file does not end with a whole record.
int source_load(struct mdt *mdt, const char *path);

// From now on, what is appended to the file (and what it holds already) happens on this MDT. Returns 0 or an errno.
int source_follow(struct mdt *mdt, const char *path);

// Becomes readable when a followed file has grown; -1 while none is followed.
int sources_descriptor(void);

// Takes some of what has been appended. Returns whether there is more.
bool sources_drain(void);

#endif
