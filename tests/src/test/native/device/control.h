// SPDX-License-Identifier: Apache-2.0
// What the operator, the server and bad luck do: one command a line. README.md lists them.
#ifndef CONTROL_H
#define CONTROL_H

// Returns 0 or an errno: EBADMSG for a command that does not exist or has other arguments.
int control_run(char *line);

#endif
