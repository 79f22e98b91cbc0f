// SPDX-License-Identifier: Apache-2.0
// The files of the mount: control, log, and for each MDT changelog-<MDT> and users-<MDT>.
#ifndef FILESYSTEM_H
#define FILESYSTEM_H

#include "fuse_version.h"

extern const struct fuse_lowlevel_ops FILESYSTEM;

#endif
