// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.util.StringHelper;

/** Looks at numbers as they were written: Camel takes any text that is none for 0. */
final class NumberText {
    /** A number, a time as Camel knows it (5s, 1h30m, PT5S), or what stands for one. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d.*|P.*|#.*|.*\\{\\{.*|\\$.*", Pattern.DOTALL);

    private NumberText() {}

    /**
     * @param prefix what the names begin with in the place where they are written
     * @throws IllegalArgumentException naming the option and its text
     */
    static void check(PropertyConfigurer options, String prefix, Map<String, Object> written) {
        written.forEach((name, value) -> {
            String option = name.substring(prefix.length()).replaceFirst("^configuration\\.", "");
            Class<?> type =
                    ((PropertyConfigurerGetter) options).getOptionType(StringHelper.dashToCamelCase(option), true);
            if ((type == int.class || type == long.class)
                    && value instanceof String text
                    && !NUMBER.matcher(text.strip()).matches()) {
                throw new IllegalArgumentException("lustre: " + name + "=" + text + " is not a number");
            }
        });
    }
}
