// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.BatchNote;

/** Of records that a window has let through: which others each of them stands for. */
public final class StandsFor implements BatchNote {
    private final WindowResult window;
    /** Where the records are in what the window came to; null for all of them. */
    private final int[] positions;

    private StandsFor(WindowResult window, int[] positions) {
        this.window = window;
        this.positions = positions;
    }

    static StandsFor of(WindowResult window) {
        return new StandsFor(window, null);
    }

    /** The window; null if these are only some of its records. */
    public WindowResult window() {
        return positions == null ? window : null;
    }

    /** Whether the record stands for more than itself; cheaper than to ask which. */
    public boolean isMany(int position) {
        return window.standsForOthers(inWindow(position));
    }

    /** What the record stands for, itself included. */
    public RecordIndexes indexes(int position) {
        return window.standsFor(inWindow(position));
    }

    private int inWindow(int position) {
        return positions == null ? position : positions[position];
    }

    @Override
    public StandsFor at(int[] some) {
        int[] inWindow = new int[some.length];
        for (int i = 0; i < some.length; i++) {
            inWindow[i] = inWindow(some[i]);
        }
        return new StandsFor(window, inWindow);
    }
}
