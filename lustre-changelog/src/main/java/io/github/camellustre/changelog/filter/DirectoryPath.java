// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.ObjectPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The path of a directory as somebody writes it in a filter: from the root of the file system on. */
final class DirectoryPath {
    /** No path that is looked up has one of these: it would never be met. */
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    private DirectoryPath() {}

    /** @throws IllegalArgumentException if no directory can have that path */
    static ObjectPath parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("no path from the root of the file system: '" + text
                    + "'. It begins with a slash, and the mount point is no part of it");
        }
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (path.isEmpty()) {
            return ObjectPath.ROOT;
        }
        if (List.of(path.substring(1).split("/", -1)).stream().anyMatch(NO_NAMES::contains)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not written in the shortest way: leave out //, /./ and /../");
        }
        return ObjectPath.whole(path.getBytes(StandardCharsets.UTF_8));
    }
}
