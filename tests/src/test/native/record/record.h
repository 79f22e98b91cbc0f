// SPDX-License-Identifier: Apache-2.0
// The bytes of a changelog record, as far as a device has to know them. docs/records.md has the whole layout.
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Types of Lustre 2.17, from 0; a mask has a bit for each.
#define RECORD_TYPES 25

// Which extensions follow the 64 bytes that every record has: bits of the flags, and of the extra flags.
enum { RECORD_VERSION = 0x1000, RECORD_RENAME = 0x2000, RECORD_JOBID = 0x4000, RECORD_EXTRA_FLAGS = 0x8000 };
enum { EXTRA_UIDGID = 0x1, EXTRA_NID = 0x2, EXTRA_OPEN = 0x4, EXTRA_XATTR = 0x8, EXTRA_NID_BE = 0x10 };

// Bytes of the record that begins at `at`, extensions and name included; 0 if `length` bytes do not hold all of it.
size_t record_size(const uint8_t *at, size_t length);

// The record with only these of its extensions and bits, in new memory that has room for the largest record; NULL without
// memory. RECORD_VERSION is set in any case, as liblustreapi does.
uint8_t *record_repack(const uint8_t *record, unsigned flags, unsigned extra_flags);

uint32_t record_type(const uint8_t *record);
uint64_t record_index(const uint8_t *record);
void record_set_index(uint8_t *record, uint64_t index);

// Puts the record's NID into the form that the reader asked for: the big one with an IPv6 address, or the old 64 bits, in
// which an IPv6 NID is all zero. Both have 24 bytes, so the size stays.
void record_set_nid_form(uint8_t *record, bool big);

#endif
