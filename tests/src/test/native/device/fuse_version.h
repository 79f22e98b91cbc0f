// SPDX-License-Identifier: Apache-2.0
#ifndef FUSE_VERSION_H
#define FUSE_VERSION_H

#define FUSE_USE_VERSION 35
#include <fuse3/fuse_lowlevel.h>

#endif
