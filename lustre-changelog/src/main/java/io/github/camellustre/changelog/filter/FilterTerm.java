// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.RecordCursor;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One {@code key=value,value} of a filter. */
record FilterTerm(FilterKey key, List<String> values, Predicate<RecordCursor> condition) {

    /** As a text, quoted where it needs to be. */
    @Override
    public String toString() {
        return key + "=" + values.stream().map(FilterText::quoted).collect(Collectors.joining(","));
    }
}
