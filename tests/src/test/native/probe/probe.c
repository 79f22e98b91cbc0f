// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

const char *argument(char ***step) {
    const char *name = **step;
    if (!*++*step) {
        fprintf(stderr, "%s: what?\n", name);
        exit(2);
    }
    return **step;
}

long long number(char ***step) {
    return strtoll(argument(step), NULL, 0);
}

const char *errno_name(int error) {
    const char *name = strerrorname_np(error);
    return name ? name : "?";
}

static void ignore(int signal) {
    (void) signal;
}

static void set_alarm(long long milliseconds) {
    // Without SA_RESTART, so that a blocked call returns.
    struct sigaction action = {.sa_handler = ignore};
    sigaction(SIGALRM, &action, NULL);
    // Again and again: the first may come before the call that it is meant to end.
    struct timeval interval = {milliseconds / 1000, milliseconds % 1000 * 1000};
    struct itimerval time = {.it_interval = interval, .it_value = interval};
    setitimer(ITIMER_REAL, &time, NULL);
}

int common_step(char ***step) {
    if (strcmp(**step, "wait") == 0) {
        char line[16];
        set_alarm(0);
        printf("waiting\n");
        if (!fgets(line, sizeof(line), stdin)) {
            exit(0);
        }
    } else if (strcmp(**step, "alarm") == 0) {
        set_alarm(number(step));
    } else {
        return 0;
    }
    return 1;
}

void poll_step(int descriptor, long long milliseconds) {
    struct pollfd polled = {.fd = descriptor, .events = POLLIN};
    if (poll(&polled, 1, (int) milliseconds) < 0) {
        printf("poll=%s\n", errno_name(errno));
        return;
    }
    short events = polled.revents;
    printf("poll=%s%s%s\n", events & POLLIN ? "IN" : "", events & POLLHUP ? "HUP" : "", events & POLLERR ? "ERR" : "");
}
