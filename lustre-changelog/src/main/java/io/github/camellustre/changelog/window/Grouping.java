// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

/**
 * What the records of a window are put together by. Within a group they keep their order; only {@link #FID} keeps the order
 * of each object's records over all groups, since there are never two groups with records of one object.
 */
public enum Grouping {
    /** Not at all: one group, in the order of arrival. */
    ARRIVAL("arrival"),
    /**
     * By object. A record with two (a rename that overwrote something, a migration) makes one group of both objects', under
     * the FID whose record came first. Records without an object are a group of their own.
     */
    FID("fid"),
    /**
     * By directory: of a rename the new one. Only changes of the name space tell theirs, all other records are a group of
     * their own.
     */
    PARENT("parent"),
    MDT("mdt"),
    /** By metadata server: see {@link MetadataServers}. */
    SERVER("server"),
    /** By job; records without one are a group of their own. */
    JOB("job");

    private final String text;

    Grouping(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming what is possible */
    public static Grouping parse(String text) {
        return OptionText.parse("grouping", text, values());
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return text;
    }
}
