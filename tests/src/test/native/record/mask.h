// SPDX-License-Identifier: Apache-2.0
// Which record types are written: a bit for each type number.
#ifndef MASK_H
#define MASK_H

#include <stddef.h>
#include <stdint.h>

// What Lustre writes before anybody sets a mask, and what it adds for a user without one.
extern const uint32_t MASK_MINIMUM;
extern const uint32_t MASK_DEFAULT;

// "CREAT,UNLNK", "+ALL", "-OPEN,-CLOSE" (these two change MASK_DEFAULT). Returns 0 or EINVAL for an unknown name.
int mask_parse(const char *text, uint32_t *mask);

// "MARK,CREAT,UNLNK"
void mask_print(uint32_t mask, char *text, size_t size);

#endif
