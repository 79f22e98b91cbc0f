// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.Nid;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What a filter can ask for. In the order of what it costs: the first are looked at first. */
enum FilterKey {
    TYPE("type") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            int[] numbers = values.stream()
                    .mapToInt(value -> RecordType.parse(value).number())
                    .sorted()
                    .toArray();
            return record -> Arrays.binarySearch(numbers, record.typeNumber()) >= 0;
        }
    },
    UID("uid", "uidgid") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            return owner(values, RecordCursor::uid);
        }
    },
    GID("gid", "uidgid") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            return owner(values, RecordCursor::gid);
        }
    },
    OMODE("omode", "omode") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<IntPredicate> modes = values.stream().map(OpenModes::parse).toList();
            return record -> record.hasOpenFlags() && modes.stream().anyMatch(mode -> mode.test(record.openFlags()));
        }
    },
    HSM("hsm") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            int[] events = values.stream().mapToInt(HsmChange::event).sorted().toArray();
            return record -> record.typeNumber() == RecordType.HSM.number()
                    && Arrays.binarySearch(
                                    events, HsmChange.of(record.typeFlags()).event())
                            >= 0;
        }
    },
    FID("fid") {
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
    PARENT("parent") {
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
    PATH("path") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            ObjectPath[] directories = values.stream().map(DirectoryPath::parse).toArray(ObjectPath[]::new);
            return record -> {
                for (ObjectPath directory : directories) {
                    if (record.paths().isBelow(directory)) {
                        return true;
                    }
                }
                return false;
            };
        }
    },
    NID("nid", "nid") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<Nid> nids = values.stream().map(Nid::parse).toList();
            return record -> record.hasNid() && nids.contains(record.nid());
        }
    },
    XATTR("xattr", "xattr") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<Predicate<String>> globs = globs(values);
            return record -> record.hasXattr() && matches(globs, record, record.xattrFrom(), record.xattrTo());
        }
    },
    JOB("job") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            List<Predicate<String>> globs = globs(values);
            return record -> record.hasJobId() && matches(globs, record, record.jobFrom(), record.jobTo());
        }
    },
    NAME("name") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            return anyName(globs(values));
        }
    },
    NAME_EXPRESSION("name~") {
        @Override
        Predicate<RecordCursor> anyOf(List<String> values) {
            return anyName(values.stream().map(NameExpression::parse).toList());
        }
    };

    static final Set<FilterKey> ALL = Collections.unmodifiableSet(EnumSet.allOf(FilterKey.class));

    /** What the bytes of a record can answer. */
    static final Set<FilterKey> OF_BYTES = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(PATH)));

    private final String text;
    private final String extraField;

    FilterKey(String text) {
        this(text, null);
    }

    FilterKey(String text, String extraField) {
        this.text = text;
        this.extraField = extraField;
    }

    /** Which of the fields that {@code extraFlags} names it looks at; null for what every record has. */
    String extraField() {
        return extraField;
    }

    /**
     * Holds for records that carry one of the values.
     *
     * @throws IllegalArgumentException if one of them cannot be a value of this key
     */
    abstract Predicate<RecordCursor> anyOf(List<String> values);

    static FilterKey named(String name, Set<FilterKey> possible) {
        for (FilterKey key : possible) {
            if (key.toString().equals(name)) {
                return key;
            }
        }
        UncarriedField.refuse(name);
        throw new IllegalArgumentException("unknown key '" + name + "', possible are " + possible);
    }

    @Override
    public String toString() {
        return text;
    }

    private static Predicate<RecordCursor> anyName(List<? extends Predicate<String>> patterns) {
        // The name of a MARK is whatever lay behind the record.
        return record -> record.typeNumber() != RecordType.MARK.number()
                && (matches(patterns, record, record.nameFrom(), record.nameTo())
                        || matches(patterns, record, record.oldNameFrom(), record.oldNameTo()));
    }

    private static List<Predicate<String>> globs(List<String> values) {
        return values.stream()
                .<Predicate<String>>map(value -> Glob.parse(value)::matches)
                .toList();
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

    private static boolean matches(List<? extends Predicate<String>> patterns, RecordCursor record, int from, int to) {
        if (from == to) {
            return false;
        }
        String text = new String(record.bytes(), from, to - from, StandardCharsets.UTF_8);
        for (Predicate<String> pattern : patterns) {
            if (pattern.test(text)) {
                return true;
            }
        }
        return false;
    }
}
