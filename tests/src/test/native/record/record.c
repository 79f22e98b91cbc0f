// SPDX-License-Identifier: Apache-2.0
#include "record.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 64, AT_FLAGS = 2, AT_TYPE = 4, AT_INDEX = 8 };
enum { EXTENSIONS = 0xF000, EXTRA_FLAGS_SIZE = 8, NID_SIZE = 24 };

struct extension {
    unsigned flag;
    size_t size;
};

// In the order in which they follow.
static const struct extension BEFORE_EXTRA_FLAGS[] = {{RECORD_RENAME, 32}, {RECORD_JOBID, 32}};
static const struct extension AFTER_EXTRA_FLAGS[] = {{EXTRA_UIDGID, 16}, {EXTRA_NID, NID_SIZE}, {EXTRA_OPEN, 4}, {EXTRA_XATTR, 256}};
enum { COUNT_BEFORE = 2, COUNT_AFTER = 4 };

// liblustreapi allocates one size for all: every extension and two names of 255 bytes with a NUL between them.
enum { LARGEST = HEADER + 32 + 32 + EXTRA_FLAGS_SIZE + 16 + NID_SIZE + 4 + 256 + 2 * 255 + 1 };

static uint16_t get16(const uint8_t *at) {
    uint16_t value;
    memcpy(&value, at, sizeof(value));
    return le16toh(value);
}

static uint32_t get32(const uint8_t *at) {
    uint32_t value;
    memcpy(&value, at, sizeof(value));
    return le32toh(value);
}

static uint64_t get64(const uint8_t *at) {
    uint64_t value;
    memcpy(&value, at, sizeof(value));
    return le64toh(value);
}

static void put16(uint8_t *at, uint16_t value) {
    value = htole16(value);
    memcpy(at, &value, sizeof(value));
}

static void put64(uint8_t *at, uint64_t value) {
    value = htole64(value);
    memcpy(at, &value, sizeof(value));
}

static size_t sum(const struct extension *extensions, int count, uint64_t flags) {
    size_t size = 0;
    for (int i = 0; i < count; i++) {
        size += flags & extensions[i].flag ? extensions[i].size : 0;
    }
    return size;
}

static size_t extra_flags_at(const uint8_t *record) {
    return HEADER + sum(BEFORE_EXTRA_FLAGS, COUNT_BEFORE, get16(record + AT_FLAGS));
}

size_t record_size(const uint8_t *at, size_t length) {
    if (length < HEADER) {
        return 0;
    }
    size_t size = extra_flags_at(at);
    if (get16(at + AT_FLAGS) & RECORD_EXTRA_FLAGS) {
        if (length < size + EXTRA_FLAGS_SIZE) {
            return 0;
        }
        size += EXTRA_FLAGS_SIZE + sum(AFTER_EXTRA_FLAGS, COUNT_AFTER, get64(at + size));
    }
    size += get16(at);
    return size <= length ? size : 0;
}

// Copies those that are present and wanted. `from` ends up behind those that are present; returns what is behind the copies.
static uint8_t *copy(
        uint8_t *to, const uint8_t **from, const struct extension *extensions, int count, uint64_t present, uint64_t wanted) {
    for (int i = 0; i < count; i++) {
        const struct extension *extension = &extensions[i];
        if (!(present & extension->flag)) {
            continue;
        }
        if (wanted & extension->flag) {
            memcpy(to, *from, extension->size);
            to += extension->size;
        }
        *from += extension->size;
    }
    return to;
}

uint8_t *record_repack(const uint8_t *record, unsigned flags, unsigned extra_flags) {
    uint16_t present = get16(record + AT_FLAGS);
    uint16_t name_length = get16(record);
    uint8_t *repacked = calloc(1, LARGEST + name_length);
    if (!repacked) {
        return NULL;
    }
    memcpy(repacked, record, HEADER);
    put16(repacked + AT_FLAGS, (uint16_t) ((present & ~EXTENSIONS) | (present & flags & EXTENSIONS) | RECORD_VERSION));
    const uint8_t *from = record + HEADER;
    uint8_t *to = copy(repacked + HEADER, &from, BEFORE_EXTRA_FLAGS, COUNT_BEFORE, present, flags);
    if (present & RECORD_EXTRA_FLAGS) {
        uint64_t extra = get64(from);
        uint64_t wanted = flags & RECORD_EXTRA_FLAGS ? extra_flags : 0;
        from += EXTRA_FLAGS_SIZE;
        if (flags & RECORD_EXTRA_FLAGS) {
            put64(to, extra & wanted & (wanted & EXTRA_NID ? ~0ULL : ~(uint64_t) EXTRA_NID_BE));
            to += EXTRA_FLAGS_SIZE;
        }
        to = copy(to, &from, AFTER_EXTRA_FLAGS, COUNT_AFTER, extra, wanted);
    }
    memcpy(to, from, name_length);
    return repacked;
}

uint32_t record_type(const uint8_t *record) {
    return get32(record + AT_TYPE);
}

uint64_t record_index(const uint8_t *record) {
    return get64(record + AT_INDEX);
}

void record_set_index(uint8_t *record, uint64_t index) {
    put64(record + AT_INDEX, index);
}

// Old form: u64 whose high half is type << 16 | number of the network, whose low half is the IPv4 address.
// Big form: u8 bytes of address beyond the first 4, u8 type, be16 number, be32 address[4].
static void to_big(uint8_t *nid) {
    uint64_t old = get64(nid);
    uint32_t words[2] = {htobe32((uint32_t) (old >> 32)), htobe32((uint32_t) old)};
    memset(nid, 0, NID_SIZE);
    memcpy(nid, words, sizeof(words));
    nid[0] = 0;
}

static void to_old(uint8_t *nid) {
    uint32_t words[2];
    memcpy(words, nid, sizeof(words));
    bool fits = nid[0] == 0;
    memset(nid, 0, NID_SIZE);
    if (fits) {
        put64(nid, (uint64_t) be32toh(words[0]) << 32 | be32toh(words[1]));
    }
}

void record_set_nid_form(uint8_t *record, bool big) {
    if (!(get16(record + AT_FLAGS) & RECORD_EXTRA_FLAGS)) {
        return;
    }
    uint8_t *extra_flags = record + extra_flags_at(record);
    uint64_t extra = get64(extra_flags);
    if (!(extra & EXTRA_NID) || big == !!(extra & EXTRA_NID_BE)) {
        return;
    }
    uint8_t *nid = extra_flags + EXTRA_FLAGS_SIZE + sum(AFTER_EXTRA_FLAGS, 1, extra);
    if (big) {
        to_big(nid);
    } else {
        to_old(nid);
    }
    put64(extra_flags, extra ^ EXTRA_NID_BE);
}
