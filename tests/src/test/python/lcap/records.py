# SPDX-License-Identifier: Apache-2.0
"""Changelog records as they lie one behind the other in an ENQUEUE."""

import errno
import struct
from typing import NamedTuple

from wire import LcapError

# Name length, flags, type, index, previous index, time; target and parent FID.
_BASE = struct.Struct("<HHIQQQ16s16s")
_FID = struct.Struct("<QII")
_RENAME, _JOB_ID, _EXTRA = 0x2000, 0x4000, 0x8000
# Sizes of the extensions by the bits of the extra flags: uid and gid, NID, open mode, name of the attribute.
_EXTRA_SIZES = {1: 16, 2: 24, 4: 4, 8: 256}


class Record(NamedTuple):
    index: int
    type: int
    flags: int
    # FIDs that the record is about: its target, and what was moved.
    subjects: list


def _extensions(body, offset, flags):
    size = (32 if flags & _RENAME else 0) + (32 if flags & _JOB_ID else 0)
    if flags & _EXTRA:
        (extra,) = struct.unpack_from("<Q", body, offset + size)
        size += 8 + sum(length for bit, length in _EXTRA_SIZES.items() if extra & bit)
    return size


def _subject(raw):
    sequence, oid, version = _FID.unpack(raw)
    return f"{sequence:x}:{oid:x}:{version:x}"


def walk(body, count):
    """The old library's arithmetic, but with its ends checked: as many records as promised, and no byte left."""
    found = []
    offset = 0
    try:
        while offset < len(body):
            name, flags, kind, index, _, _, target, _ = _BASE.unpack_from(body, offset)
            offset += _BASE.size
            fids = [target] + ([body[offset : offset + 16]] if flags & _RENAME else [])
            found.append(Record(index, kind, flags, [_subject(fid) for fid in fids if any(fid)]))
            offset += _extensions(body, offset, flags) + name
    except struct.error as e:
        raise LcapError(errno.EPROTO, f"a record torn at {offset} of {len(body)}: {e}") from e
    if offset != len(body) or len(found) != count:
        raise LcapError(errno.EPROTO, f"{len(found)} records in {offset} of {len(body)} bytes, {count} were promised")
    return found
