// SPDX-License-Identifier: Apache-2.0
// Where a handle stands before its first read: FUSE does not tell a server of lseek, and a poll has no position.
#ifndef POSITION_H
#define POSITION_H

#include "fuse_version.h"
#include "mdt.h"

// The file number that the kernel shows in /proc/<pid>/fdinfo: different in each server that runs.
ino_t position_file_number(fuse_ino_t inode);

// The lowest position of the thread's handles of this device, those left out that have been read from: 0 if there is none.
// So two handles of one process that are both polled before they are read stand at the lower position for the moment.
off_t position_unread(pid_t thread, fuse_ino_t inode, const struct mdt *mdt);

#endif
