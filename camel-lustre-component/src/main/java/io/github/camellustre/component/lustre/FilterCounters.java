// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.filter.RecordFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** What one filter step has done with its records. Any thread may count. */
@ManagedResource(description = "What one filter of changelog records let through and dropped")
public final class FilterCounters extends StepCounters {
    private final RecordFilterProcessor step;
    private final RecordFilter filter;
    private final LongAdder received = new LongAdder();
    private final LongAdder unplaced = new LongAdder();
    private final List<LongAdder> dropped;

    FilterCounters(RecordFilterProcessor step, RecordFilter filter) {
        this.step = step;
        this.filter = filter;
        dropped = Stream.generate(LongAdder::new).limit(filter.terms().size()).toList();
    }

    void received(int records) {
        received.add(records);
    }

    /** @param term number of the term that did not hold */
    void dropped(int term, RecordCursor record) {
        dropped.get(term).increment();
        if (filter.asksForPaths(term) && !record.paths().isPlaced()) {
            unplaced.increment();
        }
    }

    FilterStatus status() {
        Map<String, Long> byTerm = new LinkedHashMap<>();
        List<String> terms = filter.terms();
        for (int term = 0; term < terms.size(); term++) {
            byTerm.merge(terms.get(term), dropped.get(term).sum(), Long::sum);
        }
        return new FilterStatus(step.getRouteId(), filter.toString(), received.sum(), unplaced.sum(), byTerm);
    }

    @ManagedAttribute(description = "Route, or route of the kamelet, that the filter is a step of")
    public String getFilterRoute() {
        return step.getRouteId();
    }

    @ManagedAttribute(description = "Which records it lets through")
    public String getFilter() {
        return filter.toString();
    }

    @ManagedAttribute(description = "Records that came, repeats included")
    public long getReceived() {
        return received.sum();
    }

    @ManagedAttribute(description = "Records that it let through")
    public long getPassed() {
        return received.sum() - getDropped();
    }

    @ManagedAttribute(description = "Records that it dropped")
    public long getDropped() {
        return dropped.stream().mapToLong(LongAdder::sum).sum();
    }

    @ManagedAttribute(
            description = "Records that it dropped, by the first term that did not hold: 'type=CREAT: 5; name=*.c: 2'")
    public String getDroppedByTerm() {
        return status().dropped().entrySet().stream()
                .map(term -> term.getKey() + ": " + term.getValue())
                .collect(Collectors.joining("; "));
    }

    @ManagedAttribute(description = "Records that a term path= dropped although it is not known where their object is")
    public long getDroppedUnplaced() {
        return unplaced.sum();
    }
}
