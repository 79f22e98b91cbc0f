// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

/** Which records of a window stand for others. Each assumes another reader: docs/coalescing.md. */
public enum Coalescing {
    /** Every record stays. */
    NONE("none"),
    /** For readers that look the file up themselves: what robinhood's own reader suppresses. */
    RESTAT("restat"),
    /** For readers that see nothing but the stream: they end at the same state of the name space. */
    NET_EFFECT("net-effect"),
    /**
     * The last record of each object. Loses everything else: that a file was created if it was changed later, a name that was
     * given before another one, all but one of several hard links, every change but the last. Only for readers that ask which
     * objects had records at all.
     */
    LAST_PER_FID("last-per-fid");

    private final String text;

    Coalescing(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming what is possible */
    public static Coalescing parse(String text) {
        return OptionText.parse("coalescing", text, values());
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return text;
    }
}
