// SPDX-License-Identifier: Apache-2.0
// What a test wants to go wrong with a look-up.
#ifndef FAULTS_H
#define FAULTS_H

// MOUNT/.lustre/fault/FID, or .../all for all others, says it: "hang" until the file is gone, or a number, the errno. Returns 0
// or that errno, negated.
int fault(const char *mount, const char *fid);

#endif
