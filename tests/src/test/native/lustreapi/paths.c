// SPDX-License-Identifier: Apache-2.0
// FIDs and paths. Any folder plays the mounted file system: its objects' FIDs are [0x200000bad:inode:0], the folder itself is
// the root. So names, hard links, renames and removals are those of the file system that the folder lies on.
#define _GNU_SOURCE
#include "devices.h"
#include "faults.h"
#include "lustreapi.h"
#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOT_SEQUENCE 0x200000007
#define SEQUENCE 0x200000bad

static int parse(const char *text, struct lu_fid *fid) {
    return sscanf(text, "[%" SCNx64 ":%" SCNx32 ":%" SCNx32 "]", &fid->f_seq, &fid->f_oid, &fid->f_ver) == 3 ? 0
                                                                                                         : -EINVAL;
}

// What nftw(3) looks for, which has no other way to be told.
static pthread_mutex_t walking = PTHREAD_MUTEX_INITIALIZER;
static struct {
    uint32_t inode;
    int wanted;
    int seen;
    char path[PATH_MAX];
} search;

static int visit(const char *path, const struct stat *stat, int type, struct FTW *at) {
    if (at->level == 1 && strcmp(path + at->base, ".lustre") == 0) {
        return FTW_SKIP_SUBTREE;
    }
    if (type != FTW_NS && (uint32_t) stat->st_ino == search.inode && search.seen++ == search.wanted) {
        snprintf(search.path, sizeof(search.path), "%s", path);
    }
    return FTW_CONTINUE;
}

// The path of one of the object's names. Returns how many it has, or a negated errno.
static int find(const char *mount, const struct lu_fid *fid, int number, char path[PATH_MAX]) {
    struct stat root;
    if (lstat(mount, &root) < 0) {
        return -errno;
    }
    bool is_root = fid->f_seq == ROOT_SEQUENCE && fid->f_oid == 1;
    if (!is_root && fid->f_seq != SEQUENCE) {
        return -ENOENT;
    }
    pthread_mutex_lock(&walking);
    search.inode = is_root ? (uint32_t) root.st_ino : fid->f_oid;
    search.wanted = number;
    search.seen = 0;
    search.path[0] = 0;
    int result = nftw(mount, visit, 32, FTW_PHYS | FTW_ACTIONRETVAL);
    snprintf(path, PATH_MAX, "%s", search.path);
    int seen = search.seen;
    pthread_mutex_unlock(&walking);
    return result < 0 ? -errno : seen > number ? seen : -ENOENT;
}

int llapi_fid2path(
        const char *path_or_device, const char *fidstr, char *path, int pathlen, long long *recno, int *linkno) {
    struct lu_fid fid;
    int result = parse(fidstr, &fid);
    if (result || path_or_device[0] != '/') {
        complain("bad FID format '%s', or no mount point '%s'", fidstr, path_or_device);
        return -EINVAL;
    }
    result = fault(path_or_device, fidstr);
    if (result) {
        return result;
    }
    char found[PATH_MAX];
    int names = find(path_or_device, &fid, *linkno, found);
    if (names < 0) {
        return names;
    }
    const char *below = found + strlen(path_or_device);
    below += *below == '/';
    if ((int) strlen(below) >= pathlen) {
        return -EOVERFLOW;
    }
    snprintf(path, (size_t) pathlen, "%s", *below ? below : "/");
    if (*linkno < names - 1) {
        (*linkno)++;
    }
    *recno = -1;
    return 0;
}

// Goes from MOUNT/.lustre/fid/FID/NAME to the path that the FID has now.
static int without_fid(const char *path, char plain[PATH_MAX]) {
    const char *by_fid = strstr(path, "/.lustre/fid/");
    if (!by_fid) {
        snprintf(plain, PATH_MAX, "%s", path);
        return 0;
    }
    char mount[PATH_MAX];
    snprintf(mount, sizeof(mount), "%.*s", (int) (by_fid - path), path);
    struct lu_fid fid;
    const char *name = strchr(by_fid, ']');
    char directory[PATH_MAX];
    if (!name || parse(by_fid + strlen("/.lustre/fid/"), &fid)) {
        return -ENOENT;
    }
    int result = find(mount, &fid, 0, directory);
    if (result < 0) {
        return result;
    }
    return snprintf(plain, PATH_MAX, "%s%s", directory, name + 1) < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static bool is_mount(const char *path) {
    char marker[PATH_MAX + 16];
    snprintf(marker, sizeof(marker), "%s/.lustre", path);
    return access(marker, F_OK) == 0;
}

int llapi_path2fid(const char *path, struct lu_fid *fid) {
    char plain[PATH_MAX];
    int result = without_fid(path, plain);
    struct stat stat;
    if (result || lstat(plain, &stat) < 0) {
        return result ? result : -errno;
    }
    fid->f_seq = is_mount(plain) ? ROOT_SEQUENCE : SEQUENCE;
    fid->f_oid = is_mount(plain) ? 1 : (uint32_t) stat.st_ino;
    fid->f_ver = 0;
    return 0;
}

// Its name is what a file beside the FIDs says.
struct llapi_layout {
    char pool[64];
};

struct llapi_layout *llapi_layout_get_by_path(const char *path, unsigned flags) {
    (void) flags;
    char file[PATH_MAX + 16];
    size_t length = strcspn(path, "]") + 1;
    snprintf(file, sizeof(file), "%.*s.pool", (int) length, path);
    struct llapi_layout *layout = calloc(1, sizeof(*layout));
    FILE *pool = fopen(file, "re");
    if (pool) {
        if (fscanf(pool, "%63s", layout->pool) != 1) {
            layout->pool[0] = 0;
        }
        fclose(pool);
    }
    return layout;
}

int llapi_layout_pool_name_get(const struct llapi_layout *layout, char *dest, size_t n) {
    return snprintf(dest, n, "%s", layout->pool) < (int) n ? 0 : -1;
}

void llapi_layout_free(struct llapi_layout *layout) {
    free(layout);
}
