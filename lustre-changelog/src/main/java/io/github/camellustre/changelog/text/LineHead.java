// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.RecordBuilder;
import java.time.DateTimeException;
import java.time.LocalDate;

/** The fields with which every record's text starts, up to the target FID; none of them is free text. */
final class LineHead {
    private static final long MAX_SECONDS = (1L << 34) - 1;
    private static final int MAX_NANOS = (1 << 30) - 1;
    private static final int MIN_NAME_WIDTH = 5;

    /** No head is longer. */
    static final int MAX_LENGTH = 192;

    private final TextScanner scan;
    private int dateKey = -1;
    private long day;

    private long index;
    private int type;
    private long seconds;
    private int nanos;
    private int typeFlags;
    private long sequence;
    private int objectId;
    private int version;
    private int length;

    LineHead(TextScanner scan) {
        this.scan = scan;
    }

    /** False if no record's text starts there. */
    boolean read(byte[] bytes, int from, int to) {
        scan.moveTo(bytes, from, to);
        if (!scan.decimal()) {
            return false;
        }
        index = scan.number();
        if (!(scan.skip(' ') && type(bytes) && scan.skip(' ') && time() && scan.skip(' ') && date())) {
            return false;
        }
        if (!(scan.skip(LfsText.Field.FLAGS.label()) && scan.hex(3))) {
            return false;
        }
        typeFlags = (int) scan.number();
        if (!(scan.skip(LfsText.Field.TARGET.label()) && scan.fid())) {
            return false;
        }
        sequence = scan.sequence();
        objectId = scan.objectId();
        version = scan.version();
        length = scan.at() - from;
        return scan.at() == to || bytes[scan.at()] == ' ' || bytes[scan.at()] == '\n';
    }

    private boolean type(byte[] bytes) {
        boolean negative = scan.skip('-');
        int from = scan.at();
        if (negative ? !scan.decimal() : !scan.padded(2, Integer.MAX_VALUE)) {
            return false;
        }
        type = (int) (negative ? -scan.number() : scan.number());
        if (negative && (type >= 0 || -(long) type != scan.number())) {
            return false;
        }
        int nameFrom = scan.at();
        int nameTo = nameFrom;
        if (TypeText.isKnown(type)) {
            nameTo += TypeText.nameWidth(type);
            if (nameFrom - from != 2 || nameTo > scan.end() || !TypeText.matches(type, bytes, nameFrom, nameTo)) {
                return false;
            }
        } else {
            // A type that is newer than we are: (null) from an lfs that does not know it either, or its name.
            while (nameTo < scan.end() && bytes[nameTo] > ' ') {
                nameTo++;
            }
            if (nameTo == nameFrom) {
                return false;
            }
            while (nameTo - nameFrom < MIN_NAME_WIDTH && nameTo < scan.end() && bytes[nameTo] == ' ') {
                nameTo++;
            }
        }
        scan.at(nameTo);
        return true;
    }

    private boolean time() {
        if (!scan.padded(2, 23)) {
            return false;
        }
        seconds = scan.number() * 3600;
        if (!(scan.skip(':') && scan.padded(2, 59))) {
            return false;
        }
        seconds += scan.number() * 60;
        if (!(scan.skip(':') && scan.padded(2, 59))) {
            return false;
        }
        seconds += scan.number();
        if (!(scan.skip('.') && scan.padded(9, MAX_NANOS))) {
            return false;
        }
        nanos = (int) scan.number();
        return true;
    }

    private boolean date() {
        if (!scan.padded(4, 9999)) {
            return false;
        }
        int key = (int) scan.number() * 10_000;
        if (!(scan.skip('.') && scan.padded(2, 12))) {
            return false;
        }
        key += (int) scan.number() * 100;
        if (!(scan.skip('.') && scan.padded(2, 31))) {
            return false;
        }
        key += (int) scan.number();
        if (key != dateKey) {
            try {
                day = LocalDate.of(key / 10_000, key / 100 % 100, key % 100).toEpochDay();
            } catch (DateTimeException e) {
                return false;
            }
            dateKey = key;
        }
        seconds += day * 86_400;
        return seconds >= 0 && seconds <= MAX_SECONDS;
    }

    void copyTo(RecordBuilder record) {
        record.reset(type)
                .index(index)
                .time(seconds, nanos)
                .typeFlags(typeFlags)
                .target(sequence, objectId, version);
    }

    long index() {
        return index;
    }

    int type() {
        return type;
    }

    /** Bytes of the head. */
    int length() {
        return length;
    }
}
