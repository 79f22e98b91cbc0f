// SPDX-License-Identifier: Apache-2.0
// api-probe DEVICES STEP...: calls of liblustreapi.
#include "probe/probe.h"

#include "lustreapi/lustreapi.h"
#include "record/record.h"
#include <stdlib.h>
#include <string.h>

static void *stream;
static FILE *copy;

static void result(const char *step, int value) {
    if (value < 0) {
        printf("%s=%s\n", step, errno_name(-value));
    } else {
        printf("%s=%d\n", step, value);
    }
}

// Returns what recv returned.
static int receive(void) {
    struct changelog_rec *record;
    int value = llapi_changelog_recv(stream, &record);
    if (value == 0) {
        const uint8_t *bytes = (const uint8_t *) record;
        // As much memory as the library gives any record, so its size is found without a limit.
        size_t size = record_size(bytes, SIZE_MAX);
        if (copy) {
            fwrite(bytes, 1, size, copy);
            fflush(copy);
        } else {
            printf("recv=%zu %llu\n", size, (unsigned long long) record_index(bytes));
        }
        llapi_changelog_free(&record);
    } else {
        result("recv", value);
    }
    return value;
}

static void start(char ***step) {
    const char *mdt = argument(step);
    int flags = (int) number(step);
    result("start", llapi_changelog_start(&stream, flags, mdt, number(step)));
}

static void start_user(char ***step) {
    const char *mdt = argument(step);
    const char *user = argument(step);
    uint64_t mask = (uint64_t) number(step);
    result("start-user", llapi_changelog_start_user(&stream, 0xC, mdt, user, mask, 0));
}

static void clear(char ***step) {
    const char *mdt = argument(step);
    const char *user = argument(step);
    result("clear", llapi_changelog_clear(mdt, user, number(step)));
}

static void run(char ***step) {
    const char *name = **step;
    if (strcmp(name, "start") == 0) {
        start(step);
    } else if (strcmp(name, "start-user") == 0) {
        start_user(step);
    } else if (strcmp(name, "xflags") == 0) {
        result("xflags", llapi_changelog_set_xflags(stream, (int) number(step)));
    } else if (strcmp(name, "recv") == 0) {
        receive();
    } else if (strcmp(name, "recv-all") == 0) {
        while (receive() == 0) {
        }
    } else if (strcmp(name, "copy-to") == 0) {
        copy = fopen(argument(step), "w");
    } else if (strcmp(name, "in-buf") == 0) {
        result("in-buf", llapi_changelog_in_buf(stream));
    } else if (strcmp(name, "poll") == 0) {
        poll_step(llapi_changelog_get_fd(stream), number(step));
    } else if (strcmp(name, "fini") == 0) {
        result("fini", llapi_changelog_fini(&stream));
    } else if (strcmp(name, "clear") == 0) {
        clear(step);
    } else if (!common_step(step)) {
        fprintf(stderr, "%s: no such step\n", name);
        exit(2);
    }
}

int main(int count, char **arguments) {
    if (count < 2) {
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    lustreapi_set_devices(arguments[1]);
    for (char **step = arguments + 2; *step; step++) {
        run(&step);
    }
    return 0;
}
