// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

/** Which group of a window comes first. */
public enum GroupOrder {
    /** The one whose first record came first. */
    OLDEST("oldest"),
    /** The one that most records came in for, those counted that others stand for; among equals the oldest. */
    HOTTEST("hottest");

    private final String text;

    GroupOrder(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming what is possible */
    public static GroupOrder parse(String text) {
        return OptionText.parse("order", text, values());
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return text;
    }
}
