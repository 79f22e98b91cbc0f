// SPDX-License-Identifier: Apache-2.0
// One open handle of a device. Single-threaded like the whole server: a read that has to wait is answered later.
#ifndef READER_H
#define READER_H

#include "fuse_version.h"
#include "mdt.h"

struct reader;

struct reader *reader_open(struct mdt *mdt);
void reader_close(struct reader *reader);

// Answers the request now, or when there is something to answer. `position` is the file position, which the kernel
// advances by bytes: its first value, and any that does not follow from the last read, is a record number.
void reader_read(struct reader *reader, fuse_req_t request, size_t size, off_t position, bool nonblocking);

// Takes over the poll handle (or NULL), and returns the events. `position` counts until the first read.
unsigned reader_poll(struct reader *reader, struct fuse_pollhandle *handle, off_t position);
bool reader_has_read(const struct reader *reader);

// Whether there is a handle whose last read ended at this file position.
bool readers_have_read_up_to(const struct mdt *mdt, off_t position);

// The flags of the ioctl: FOLLOW and NID_BE.
void reader_set_flags(struct reader *reader, unsigned flags);

// Something changed: answers who waits, and wakes who polls.
void readers_wake(struct mdt *mdt);

// Every handle fails with this errno for ever; what it has loaded is still read first.
void readers_break(struct mdt *mdt, int error);

// The client file system is unmounted: ESHUTDOWN for handles that were read from; the first read of any other never
// returns, as in the kernel's deadlock.
void readers_unmount(struct mdt *mdt);

#endif
