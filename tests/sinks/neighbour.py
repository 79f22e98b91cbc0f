#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes twelve milliseconds of fifteen, on the processor on which it runs, from those who are nicer."""

import time

BUSY = 0.012
IDLE = 0.003

while True:
    end = time.monotonic() + BUSY
    while time.monotonic() < end:
        pass
    time.sleep(IDLE)
