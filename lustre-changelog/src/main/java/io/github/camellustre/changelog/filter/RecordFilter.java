// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which records somebody wants: {@code type=CREAT,UNLNK job=dd.* name="a b",*.c}. Terms are separated by blanks and must
 * all hold; of the values of one term, joined with commas, any. A record that does not carry what a term asks for does
 * not match. The whole form is in docs/filters.md.
 *
 * <p>Immutable, for any thread. The cheapest terms are looked at first: a record that its type rules out costs no
 * allocation.
 */
public final class RecordFilter {
    /** Every record; its text is empty. */
    public static final RecordFilter ALL = new RecordFilter(List.of());

    private final List<FilterTerm> terms;
    private final FilterTerm[] cheapestFirst;

    private RecordFilter(List<FilterTerm> terms) {
        this.terms = List.copyOf(terms);
        this.cheapestFirst =
                terms.stream().sorted(Comparator.comparing(FilterTerm::key)).toArray(FilterTerm[]::new);
    }

    /**
     * Reads a filter; a blank text is {@link #ALL}.
     *
     * @throws IllegalArgumentException naming the term and what is possible
     */
    public static RecordFilter parse(String text) {
        List<FilterTerm> terms = new FilterText(text).terms();
        return terms.isEmpty() ? ALL : new RecordFilter(terms);
    }

    /** Whether the record where the cursor stands is wanted. */
    public boolean matches(RecordCursor record) {
        for (FilterTerm term : cheapestFirst) {
            if (!term.condition().test(record)) {
                return false;
            }
        }
        return true;
    }

    public boolean matches(ChangelogRecord record) {
        return matches(new RecordCursor().moveTo(record));
    }

    /** A text that {@link #parse} reads as the same filter. */
    @Override
    public String toString() {
        return terms.stream().map(FilterTerm::toString).collect(Collectors.joining(" "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordFilter that && that.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
