// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "mask.h"

#include "record/record.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const NAMES[RECORD_TYPES] = {
    "MARK",  "CREAT", "MKDIR", "HLINK", "SLINK", "MKNOD", "UNLNK", "RMDIR", "RENME",
    "RNMTO", "OPEN",  "CLOSE", "LYOUT", "TRUNC", "SATTR", "XATTR", "HSM",   "MTIME",
    "CTIME", "ATIME", "MIGRT", "FLRW",  "RESYNC", "GXATR", "NOPEN",
};

#define BIT(type) (1U << (type))
#define ALL (BIT(RECORD_TYPES) - 1)
enum { MARK = 0, OPEN = 10, ATIME = 19, GXATR = 23, NOPEN = 24 };

const uint32_t MASK_MINIMUM = BIT(MARK);
const uint32_t MASK_DEFAULT = ALL & ~(BIT(OPEN) | BIT(ATIME) | BIT(GXATR) | BIT(NOPEN));

static uint32_t bits(const char *name) {
    if (strcmp(name, "ALL") == 0) {
        return ALL;
    }
    for (int type = 0; type < RECORD_TYPES; type++) {
        if (strcmp(name, NAMES[type]) == 0) {
            return BIT(type);
        }
    }
    return 0;
}

int mask_parse(const char *text, uint32_t *mask) {
    char copy[256];
    if (snprintf(copy, sizeof(copy), "%s", text) >= (int) sizeof(copy)) {
        return EINVAL;
    }
    uint32_t result = text[0] == '+' || text[0] == '-' ? MASK_DEFAULT : MASK_MINIMUM;
    char *rest = copy;
    for (char *word = strsep(&rest, ","); word; word = strsep(&rest, ",")) {
        char sign = *word == '+' || *word == '-' ? *word++ : '+';
        uint32_t named = bits(word);
        if (!named) {
            return EINVAL;
        }
        result = sign == '-' ? result & ~named : result | named;
    }
    *mask = result;
    return 0;
}

void mask_print(uint32_t mask, char *text, size_t size) {
    text[0] = '\0';
    for (int type = 0; type < RECORD_TYPES; type++) {
        if (mask & BIT(type)) {
            size_t used = strlen(text);
            snprintf(text + used, size - used, "%s%s", used ? "," : "", NAMES[type]);
        }
    }
}
