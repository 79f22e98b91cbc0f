// SPDX-License-Identifier: Apache-2.0
// Clearing: a write of "clear:cl<N>:<index>" to the device. Every one is noted with its answer.
#ifndef CLEAR_H
#define CLEAR_H

#include "fuse_version.h"
#include "mdt.h"

// Answers the request; while the MDT is restarting, not before it is back.
void clear_write(struct mdt *mdt, fuse_req_t request, const char *text, size_t size);

// The MDT is back: answers who waits.
void clear_resume(struct mdt *mdt);

// One line for each clear so far: MDT, user, index and answer, then the user's mark, the highest index that any handle had
// read and the newest index, all as they were before it.
const char *clear_journal(size_t *size);

#endif
