// SPDX-License-Identifier: Apache-2.0
// device-probe DEVICE STEP...: system calls on a changelog device.
#define _GNU_SOURCE
#include "probe/probe.h"

#include "record/record.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *path;
static int device = -1;
static FILE *copy;

static void result(const char *step, long long value) {
    if (value < 0) {
        printf("%s=%s\n", step, errno_name(errno));
    } else {
        printf("%s=%lld\n", step, value);
    }
}

static void open_device(int flags) {
    if (device >= 0) {
        close(device);
    }
    device = open(path, flags);
    result("open", device < 0 ? -1 : 0);
}

// "read=RECORDS/BYTES first..last"; a record that is not whole ends the program.
static ssize_t read_device(size_t size) {
    uint8_t *buffer = malloc(size + 1);
    ssize_t got = read(device, buffer, size);
    if (got <= 0) {
        result("read", got);
        free(buffer);
        return got;
    }
    uint64_t first = record_index(buffer);
    uint64_t last = first;
    size_t records = 0;
    for (size_t at = 0; at < (size_t) got; records++) {
        size_t length = record_size(buffer + at, (size_t) got - at);
        if (!length) {
            printf("a part of a record\n");
            exit(1);
        }
        last = record_index(buffer + at);
        at += length;
    }
    if (copy) {
        fwrite(buffer, 1, (size_t) got, copy);
        fflush(copy);
    } else {
        printf("read=%zu/%zd %" PRIu64 "..%" PRIu64 "\n", records, got, first, last);
    }
    free(buffer);
    return got;
}

static void run(char ***step) {
    const char *name = **step;
    if (strcmp(name, "open") == 0) {
        open_device(O_RDONLY);
    } else if (strcmp(name, "open-nonblocking") == 0) {
        open_device(O_RDONLY | O_NONBLOCK);
    } else if (strcmp(name, "open-to-write") == 0) {
        open_device(O_WRONLY);
    } else if (strcmp(name, "seek") == 0) {
        result("seek", lseek(device, number(step), SEEK_SET));
    } else if (strcmp(name, "flags") == 0) {
        result("flags", ioctl(device, 0x800866E9UL, number(step)));
    } else if (strcmp(name, "ioctl") == 0) {
        result("ioctl", ioctl(device, 0x1234UL, number(step)));
    } else if (strcmp(name, "poll") == 0) {
        poll_step(device, number(step));
    } else if (strcmp(name, "read") == 0) {
        read_device((size_t) number(step));
    } else if (strcmp(name, "copy-to") == 0) {
        copy = fopen(argument(step), "w");
    } else if (strcmp(name, "read-all") == 0) {
        size_t size = (size_t) number(step);
        while (read_device(size) > 0) {
        }
    } else if (strcmp(name, "write") == 0) {
        const char *text = argument(step);
        result("write", write(device, text, strlen(text) + 1));
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
    path = arguments[1];
    for (char **step = arguments + 2; *step; step++) {
        run(&step);
    }
    return 0;
}
