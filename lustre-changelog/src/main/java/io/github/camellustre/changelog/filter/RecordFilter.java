// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.RecordType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** In place of a term's number. */
    public static final int NONE = -1;

    /** Far above any type there is: a typing error shall not make a huge set. */
    private static final int HIGHEST_TYPE = 4_096;

    /** Every record; its text is empty. */
    public static final RecordFilter ALL = new RecordFilter(List.of());

    private final List<FilterTerm> terms;
    private final FilterTerm[] cheapestFirst;
    private final boolean asksForPaths;

    private RecordFilter(List<FilterTerm> terms) {
        this.terms = List.copyOf(terms);
        this.cheapestFirst =
                terms.stream().sorted(Comparator.comparing(FilterTerm::key)).toArray(FilterTerm[]::new);
        this.asksForPaths = terms.stream().anyMatch(term -> term.key() == FilterKey.PATH);
    }

    /**
     * Reads a filter of records as an MDT gives them; a blank text is {@link #ALL}.
     *
     * @throws IllegalArgumentException naming the term and what is possible
     */
    public static RecordFilter parse(String text) {
        return parse(text, FilterKey.OF_BYTES);
    }

    /**
     * The same, of records that may have been through a path look-up: {@code path=} is possible, too.
     *
     * @throws IllegalArgumentException naming the term and what is possible
     */
    public static RecordFilter parseWithPaths(String text) {
        return parse(text, FilterKey.ALL);
    }

    private static RecordFilter parse(String text, Set<FilterKey> possible) {
        List<FilterTerm> terms = new FilterText(text, possible).terms();
        return terms.isEmpty() ? ALL : new RecordFilter(terms);
    }

    /** Whether the record where the cursor stands is wanted. */
    public boolean matches(RecordCursor record) {
        return firstUnmet(record) == NONE;
    }

    /**
     * Number of the first term, in the order of {@link #terms}, that does not hold; {@link #NONE} if all do.
     *
     * @throws IllegalStateException if the filter asks for paths and nobody has looked up those of the record, whatever the
     *     other terms say
     */
    public int firstUnmet(RecordCursor record) {
        if (asksForPaths && record.paths() == null) {
            throw new IllegalStateException("filter '" + this + "': record " + record.index()
                    + " came without paths. Put lustre:FILESYSTEM?operation=path before the filter, and no step between"
                    + " them that makes records anew, as a window does (docs/filters.md)");
        }
        for (int term = 0; term < cheapestFirst.length; term++) {
            if (!cheapestFirst[term].condition().test(record)) {
                return term;
            }
        }
        return NONE;
    }

    /** The terms as texts, in the order in which they are looked at. */
    public List<String> terms() {
        return Arrays.stream(cheapestFirst).map(FilterTerm::toString).toList();
    }

    /** Whether there is a term that only records can meet which have been through a path look-up. */
    public boolean asksForPaths() {
        return asksForPaths;
    }

    /** Whether it is the term of that number which asks for paths. */
    public boolean asksForPaths(int term) {
        return cheapestFirst[term].key() == FilterKey.PATH;
    }

    /** Numbers of the types outside of which nothing matches; empty if any type may. */
    public Optional<BitSet> types() {
        BitSet types = null;
        for (FilterTerm term : terms) {
            if (term.key() == FilterKey.TYPE) {
                BitSet named = new BitSet();
                for (String value : term.values()) {
                    int number = RecordType.parse(value).number();
                    if (number < 0 || number > HIGHEST_TYPE) {
                        return Optional.empty();
                    }
                    named.set(number);
                }
                if (types == null) {
                    types = named;
                } else {
                    types.and(named);
                }
            }
        }
        return Optional.ofNullable(types);
    }

    /** @throws IllegalArgumentException naming a term that asks for a field which records of this format never have */
    public void requireFieldsOf(RecordFormat format) {
        for (FilterTerm term : terms) {
            String field = term.key().extraField();
            if (field != null && !format.keepsExtraField(field)) {
                throw new IllegalArgumentException("filter term '" + term + "': extraFlags takes " + field
                        + " out of the records, so that none would match. Add " + field + " to extraFlags, or remove"
                        + " the term");
            }
        }
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
