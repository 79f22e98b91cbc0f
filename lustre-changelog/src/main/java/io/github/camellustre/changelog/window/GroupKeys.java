// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;

/** Numbers the groups of a window as their first records come. */
abstract class GroupKeys {
    /** The group of records that have no such key. */
    static final int NONE = 0;

    static GroupKeys of(Grouping grouping, FidTable subjects, MetadataServers servers) {
        return switch (grouping) {
            case ARRIVAL -> new Arrival();
            case FID -> new BySubject(subjects);
            case PARENT -> new ByParent();
            case MDT -> new ByMdt(MetadataServers.UNKNOWN);
            case SERVER -> new ByMdt(servers);
            case JOB -> new ByJob();
        };
    }

    /** The number of a record's group, which may become one with another later: see {@link #current}. */
    abstract int group(String mdt, RecordCursor cursor, int subject, int second);

    /** The number of the group that this one has become. */
    int current(int group) {
        return group;
    }

    /** Empty for {@link #NONE}. */
    abstract String text(int group);

    private static final class Arrival extends GroupKeys {
        @Override
        int group(String mdt, RecordCursor cursor, int subject, int second) {
            return NONE;
        }

        @Override
        String text(int group) {
            return "";
        }
    }

    /** Disjoint sets: the least number, that of the FID which came first, stands for all. */
    private static final class BySubject extends GroupKeys {
        private final FidTable subjects;
        private final IntColumn joined = new IntColumn(NONE);

        private BySubject(FidTable subjects) {
            this.subjects = subjects;
        }

        @Override
        int group(String mdt, RecordCursor cursor, int subject, int second) {
            int group = subject + 1;
            if (second == FidTable.NONE) {
                return group;
            }
            int one = current(group);
            int other = current(second + 1);
            if (one != other) {
                joined.set(Math.max(one, other), Math.min(one, other));
            }
            return group;
        }

        @Override
        int current(int group) {
            int at = group;
            int next = joined.get(at);
            while (next != NONE) {
                int after = joined.get(next);
                if (after != NONE) {
                    joined.set(at, after);
                }
                at = next;
                next = after;
            }
            return at;
        }

        @Override
        String text(int group) {
            return group == NONE ? "" : subjects.fid(group - 1).toString();
        }
    }

    private static final class ByParent extends GroupKeys {
        private final FidTable parents = new FidTable();

        @Override
        int group(String mdt, RecordCursor cursor, int subject, int second) {
            boolean trusted = RecordType.of(cursor.typeNumber()).changesNameSpace();
            return trusted && !cursor.fidIsZero(cursor.parentAt())
                    ? parents.number(cursor, cursor.parentAt()) + 1
                    : NONE;
        }

        @Override
        String text(int group) {
            return group == NONE ? "" : parents.fid(group - 1).toString();
        }
    }

    private static final class ByMdt extends GroupKeys {
        private final MetadataServers servers;
        private final TextTable names = new TextTable();
        private String lastMdt = "";
        private int lastGroup;

        private ByMdt(MetadataServers servers) {
            this.servers = servers;
        }

        @Override
        int group(String mdt, RecordCursor cursor, int subject, int second) {
            if (!mdt.equals(lastMdt)) {
                lastMdt = mdt;
                lastGroup = names.number(servers.serverOf(mdt)) + 1;
            }
            return lastGroup;
        }

        @Override
        String text(int group) {
            return names.text(group - 1);
        }
    }

    private static final class ByJob extends GroupKeys {
        private final TextTable jobs = new TextTable();

        @Override
        int group(String mdt, RecordCursor cursor, int subject, int second) {
            if (!cursor.hasJobId()) {
                return NONE;
            }
            int from = cursor.jobFrom();
            int to = cursor.jobTo();
            return from == to ? NONE : jobs.number(cursor.bytes(), from, to) + 1;
        }

        @Override
        String text(int group) {
            return group == NONE ? "" : jobs.text(group - 1);
        }
    }
}
