// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as users write it: {@code 1048576}, {@code 512M}, {@code 2G}. */
final class FileSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([KMGT]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);

    private FileSize() {}

    /** @throws IllegalArgumentException if it is no size */
    static long parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "maxFileSize=" + text + ": write a number of bytes, or one with K, M, G or T behind it, e.g. 512M");
        }
        int power = " KMGT"
                .indexOf(
                        size.group(2).isEmpty()
                                ? ' '
                                : Character.toUpperCase(size.group(2).charAt(0)));
        return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
    }
}
