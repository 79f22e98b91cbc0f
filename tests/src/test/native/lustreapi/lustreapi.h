// SPDX-License-Identifier: Apache-2.0
// The part of liblustreapi's binary interface that is called here. Everything returns 0 or a negated errno unless
// it says something else.
#ifndef LUSTREAPI_H
#define LUSTREAPI_H

#include <stddef.h>
#include <stdint.h>

struct changelog_rec;

struct lu_fid {
    uint64_t f_seq;
    uint32_t f_oid;
    uint32_t f_ver;
};

// flags: 0x1 follow, 0x2 without effect, 0x4 jobs, 0x8 extra flags, 0x10 NIDs in the form that has room for IPv6
int llapi_changelog_start(void **priv, int flags, const char *mdtname, long long startrec);

// Only records of the types in `mask` (a bit for each type number; 0 for all) that are also in the user's mask.
int llapi_changelog_start_user(
        void **priv, int flags, const char *mdtname, const char *user, uint64_t mask, long long startrec);

// extra flags: 0x1 uid and gid, 0x2 NID, 0x4 open mode, 0x8 xattr name
int llapi_changelog_set_xflags(void *priv, int extra_flags);

// 1 at the end.
int llapi_changelog_recv(void *priv, struct changelog_rec **rec);
int llapi_changelog_free(struct changelog_rec **rec);

// 1 while a record can be had without a read.
int llapi_changelog_in_buf(void *priv);

// The descriptor to poll.
int llapi_changelog_get_fd(void *priv);
int llapi_changelog_fini(void **priv);
int llapi_changelog_clear(const char *mdtname, const char *idstr, long long endrec);

// A path of the object below the mount point, without a slash in front; "/" for the root. `linkno` says which of its names and
// gets the number of the next, or stays if there is none.
int llapi_fid2path(
        const char *path_or_device, const char *fidstr, char *path, int pathlen, long long *recno, int *linkno);
int llapi_path2fid(const char *path, struct lu_fid *fid);

struct llapi_layout;

// NULL if it fails.
struct llapi_layout *llapi_layout_get_by_path(const char *path, unsigned flags);
int llapi_layout_pool_name_get(const struct llapi_layout *layout, char *dest, size_t n);
void llapi_layout_free(struct llapi_layout *layout);

// Not in the real library: where the devices are. Before this is called, the environment variable LUSTREAPI_DEVICES says it,
// else /dev.
void lustreapi_set_devices(const char *directory);

#endif
