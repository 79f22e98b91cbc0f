// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The changelog user to clear for on each MDT.
 *
 * @param all the user of every MDT that is not listed; empty for none
 */
record ChangelogUsers(String all, Map<String, String> byMdt) {
    private static final Pattern ID = Pattern.compile("cl[0-9]+(-[A-Za-z0-9._-]+)?");

    /** Reads {@code cl1} or {@code fs-MDT0000=cl1,fs-MDT0001=cl3}. */
    static ChangelogUsers parse(String text) {
        if (text == null || text.isBlank()) {
            return new ChangelogUsers("", Map.of());
        }
        String all = "";
        Map<String, String> byMdt = new HashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String id = part.substring(equals + 1).trim();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("user=" + text + ": '" + id
                        + "' is no changelog user id; lctl changelog_register prints it, as cl1 or cl2-name");
            }
            if (equals < 0) {
                all = id;
            } else {
                byMdt.put(part.substring(0, equals).trim(), id);
            }
        }
        return new ChangelogUsers(all, Map.copyOf(byMdt));
    }

    String of(String mdt) {
        return byMdt.getOrDefault(mdt, all);
    }
}
