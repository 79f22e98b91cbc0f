// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/**
 * Where a consumer without a position of its own starts.
 *
 * @param mark for {@link Kind#MARK}: the last index that needs no delivery, as {@code changelog_users} shows it
 */
public record StartFrom(Kind kind, long mark) {
    /** The three ways to say it. */
    public enum Kind {
        /** At the oldest record that the MDT still has. */
        OLDEST,
        /** Behind the newest record there is at the start. */
        NEWEST,
        /** Behind an index that the operator has read from {@code changelog_users}. */
        MARK
    }

    public static final StartFrom OLDEST = new StartFrom(Kind.OLDEST, 0);
    public static final StartFrom NEWEST = new StartFrom(Kind.NEWEST, 0);

    /** @throws IllegalArgumentException unless {@code oldest}, {@code newest} or an index that is not negative */
    public static StartFrom parse(String text) {
        if (text.equals("oldest")) {
            return OLDEST;
        }
        if (text.equals("newest")) {
            return NEWEST;
        }
        try {
            long mark = Long.parseLong(text);
            if (mark >= 0) {
                return new StartFrom(Kind.MARK, mark);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "startFrom=" + text + ": use oldest, newest, or the index that changelog_users shows for your user");
    }
}
