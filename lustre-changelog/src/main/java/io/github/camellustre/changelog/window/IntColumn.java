// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import java.util.Arrays;

/** One number for each of a growing count of things; what was never set has the value that was given. */
final class IntColumn {
    private final int unset;
    private int[] values;

    IntColumn(int unset) {
        this.unset = unset;
        values = filled(new int[64], 0);
    }

    int get(int at) {
        return at < values.length ? values[at] : unset;
    }

    void set(int at, int value) {
        if (at >= values.length) {
            if (value == unset) {
                return;
            }
            int before = values.length;
            values = filled(Arrays.copyOf(values, Math.max(at + 1, before + (before >> 1))), before);
        }
        values[at] = value;
    }

    private int[] filled(int[] array, int from) {
        if (unset != 0) {
            Arrays.fill(array, from, array.length, unset);
        }
        return array;
    }
}
