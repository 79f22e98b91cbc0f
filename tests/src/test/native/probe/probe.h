// SPDX-License-Identifier: Apache-2.0
// What both probes share: they do one step for each argument and print a line about it, so that a test can compare it with
// what was observed on a real Lustre.
#ifndef PROBE_H
#define PROBE_H

#include <stdint.h>
#include <stdio.h>

// The argument after the current step; ends the program if there is none.
const char *argument(char ***step);
long long number(char ***step);

// "EINVAL", for a positive errno.
const char *errno_name(int error);

// Steps that both have: "wait" for a line on standard input, "alarm MS" for signals until the next "wait". Returns whether it
// was one of them.
int common_step(char ***step);

// "poll MS": prints the events.
void poll_step(int descriptor, long long milliseconds);

#endif
