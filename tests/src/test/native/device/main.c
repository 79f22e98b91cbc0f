// SPDX-License-Identifier: Apache-2.0
// Plays the changelog devices of a Lustre client in a directory: changelogfs DIRECTORY. Lives as long as its standard input,
// so it never outlives the test that started it.
#include "filesystem.h"
#include "source.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool input_ended(void) {
    char ignored[256];
    ssize_t got = read(STDIN_FILENO, ignored, sizeof(ignored));
    return got == 0 || (got < 0 && errno != EINTR);
}

// One thread for everything: whatever has to wait is answered later.
static void serve(struct fuse_session *session) {
    struct fuse_buf buffer = {.mem = NULL};
    bool more = false;
    while (!fuse_session_exited(session)) {
        struct pollfd ready[] = {
            {.fd = fuse_session_fd(session), .events = POLLIN},
            {.fd = STDIN_FILENO, .events = POLLIN},
            {.fd = sources_descriptor(), .events = POLLIN},
        };
        if (poll(ready, 3, more ? 0 : -1) < 0) {
            continue; // a signal
        }
        if (ready[1].revents && input_ended()) {
            break;
        }
        // Before the request: who appended and then asks finds what he appended.
        more = sources_drain();
        if (ready[0].revents) {
            int got = fuse_session_receive_buf(session, &buffer);
            if (got == 0 || (got < 0 && got != -EINTR)) {
                break;
            }
            if (got > 0) {
                fuse_session_process_buf(session, &buffer);
            }
        }
    }
    free(buffer.mem);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: %s DIRECTORY\n", arguments[0]);
        return 2;
    }
    // auto_unmount: also if this process is killed.
    char *options[] = {arguments[0], "-oauto_unmount,fsname=changelogfs"};
    struct fuse_args args = FUSE_ARGS_INIT(2, options);
    struct fuse_session *session = fuse_session_new(&args, &FILESYSTEM, sizeof(FILESYSTEM), NULL);
    int status = 1;
    if (session && fuse_set_signal_handlers(session) == 0) {
        if (fuse_session_mount(session, arguments[1]) == 0) {
            serve(session);
            fuse_session_unmount(session);
            status = 0;
        }
        fuse_remove_signal_handlers(session);
    }
    if (session) {
        fuse_session_destroy(session);
    }
    fuse_opt_free_args(&args);
    return status;
}
