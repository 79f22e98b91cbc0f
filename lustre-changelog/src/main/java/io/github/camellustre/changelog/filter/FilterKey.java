// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.Nid;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What a filter can ask for. In the order of what it costs: the first are looked at first. */
enum FilterKey {
    TYPE {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            int[] numbers = values.stream()
                    .mapToInt(value -> RecordType.parse(value).number())
                    .sorted()
                    .toArray();
            return record -> Arrays.binarySearch(numbers, record.typeNumber()) >= 0;
        }
    },
    UID {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            return owner(values, RecordCursor::uid);
        }
    },
    GID {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            return owner(values, RecordCursor::gid);
        }
    },
    FID {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            Fid[] fids = fids(values);
            return record -> {
                for (Fid fid : fids) {
                    if (record.isAbout(fid)) {
                        return true;
                    }
                }
                return false;
            };
        }
    },
    PARENT {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            Fid[] fids = fids(values);
            return record -> {
                for (Fid fid : fids) {
                    if (record.isIn(fid)) {
                        return true;
                    }
                }
                return false;
            };
        }
    },
    NID {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<Nid> nids = values.stream().map(Nid::parse).toList();
            return record -> record.hasNid() && nids.contains(record.nid());
        }
    },
    JOB {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<Glob> globs = values.stream().map(Glob::parse).toList();
            return record -> record.hasJobId() && matches(globs, record, record.jobFrom(), record.jobTo());
        }
    },
    NAME {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<Glob> globs = values.stream().map(Glob::parse).toList();
            // The name of a MARK is whatever lay behind the record.
            return record -> record.typeNumber() != RecordType.MARK.number()
                    && (matches(globs, record, record.nameFrom(), record.nameTo())
                            || matches(globs, record, record.oldNameFrom(), record.oldNameTo()));
        }
    };

    /**
     * Holds for records that carry one of the values.
     *
     * @throws IllegalArgumentException if one of them cannot be a value of this key
     */
    abstract Predicate<RecordCursor> anyOf(List<String> values);

    static FilterKey named(String name) {
        for (FilterKey key : values()) {
            if (key.toString().equals(name)) {
                return key;
            }
        }
        throw new IllegalArgumentException("unknown key '" + name + "', possible are " + Arrays.toString(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Predicate<RecordCursor> owner(List<String> values, ToLongFunction<RecordCursor> field) {
        long[] ids = values.stream().mapToLong(FilterKey::id).sorted().toArray();
        return record -> record.hasUidGid() && Arrays.binarySearch(ids, field.applyAsLong(record)) >= 0;
    }

    private static long id(String value) {
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number: '" + value + "'", e);
        }
    }

    private static Fid[] fids(List<String> values) {
        return values.stream().map(FilterKey::fid).toArray(Fid[]::new);
    }

    private static Fid fid(String value) {
        Fid fid = Fid.parse(value);
        if (fid.isZero()) {
            throw new IllegalArgumentException("no object has the FID " + value);
        }
        return fid;
    }

    private static boolean matches(List<Glob> globs, RecordCursor record, int from, int to) {
        if (from == to) {
            return false;
        }
        String text = new String(record.bytes(), from, to - from, StandardCharsets.UTF_8);
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }
}
