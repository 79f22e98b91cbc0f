// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import java.util.Arrays;

/** Reads the text of an option that has a fixed set of values. */
final class OptionText {
    private OptionText() {}

    static <E extends Enum<E>> E parse(String option, String text, E[] values) {
        for (E value : values) {
            if (value.toString().equals(text.strip())) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                option + "=" + text + ": '" + text.strip() + "' is unknown, possible are " + Arrays.toString(values));
    }
}
