// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.util.regex.Pattern;

/** The name of a group of readers: 1 to 64 letters, digits, dots, underscores and hyphens. */
public record GroupName(String text) {
    private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The group of readers that name none, as LCAP's own do. */
    public static final GroupName DEFAULT = new GroupName("default");

    /**
     * @throws IllegalArgumentException the name is not possible
     */
    public GroupName {
        if (!POSSIBLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "no name of a group: '" + text + "'; use 1 to 64 of letters, digits, '.', '_' and '-'");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
