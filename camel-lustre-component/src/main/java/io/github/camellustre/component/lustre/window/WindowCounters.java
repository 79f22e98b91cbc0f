// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.window;

import io.github.camellustre.changelog.window.Suppression;
import io.github.camellustre.changelog.window.WindowCounts;
import io.github.camellustre.changelog.window.WindowOptions;
import io.github.camellustre.component.lustre.StepCounters;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** What one aggregator's windows have done with their records. */
@ManagedResource(description = "Windows of changelog records of one aggregate step")
public final class WindowCounters extends StepCounters {
    private final WindowOptions options;
    private final OpenWindows open;
    private final LongAdder windows = new LongAdder();
    private final LongAdder early = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final Map<Suppression, LongAdder> suppressed = new EnumMap<>(Suppression.class);

    WindowCounters(WindowOptions options, OpenWindows open) {
        this.options = options;
        this.open = open;
        for (Suppression reason : Suppression.values()) {
            suppressed.put(reason, new LongAdder());
        }
    }

    void closed(WindowCounts counts) {
        windows.increment();
        received.add(counts.received());
        suppressed.forEach((reason, counter) -> counter.add(counts.suppressed(reason)));
    }

    void early() {
        early.increment();
    }

    @ManagedAttribute(description = "Which records stand for others")
    public String getCoalescing() {
        return options.coalescing().toString();
    }

    @ManagedAttribute(description = "Windows that are open")
    public int getOpenWindows() {
        return open.count();
    }

    @ManagedAttribute(description = "Records in open windows")
    public long getOpenRecords() {
        return open.records();
    }

    @ManagedAttribute(description = "Bytes of the records in open windows")
    public long getOpenBytes() {
        return open.bytes();
    }

    @ManagedAttribute(description = "Windows that have ended")
    public long getWindows() {
        return windows.sum();
    }

    @ManagedAttribute(description = "Windows that went out early because of maxRecords or maxBytes")
    public long getEarlyWindows() {
        return early.sum();
    }

    @ManagedAttribute(description = "Records that came into windows which have ended")
    public long getReceived() {
        return received.sum();
    }

    @ManagedAttribute(description = "Records that these windows let through")
    public long getKept() {
        return received.sum()
                - suppressed.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @ManagedAttribute(description = "Records that say nothing to the reader whom the strategy is for")
    public long getIgnored() {
        return suppressed.get(Suppression.IGNORED).sum();
    }

    @ManagedAttribute(description = "Records that an earlier one stands for")
    public long getCovered() {
        return suppressed.get(Suppression.COVERED).sum();
    }

    @ManagedAttribute(description = "Records that a later one of the same kind stands for")
    public long getReplaced() {
        return suppressed.get(Suppression.REPLACED).sum();
    }

    @ManagedAttribute(description = "Records whose object came and went within the window")
    public long getCancelled() {
        return suppressed.get(Suppression.CANCELLED).sum();
    }

    @ManagedAttribute(description = "Records whose object was removed within the window")
    public long getRemoved() {
        return suppressed.get(Suppression.REMOVED).sum();
    }

    @ManagedAttribute(description = "Renames that are part of a longer one")
    public long getFolded() {
        return suppressed.get(Suppression.FOLDED).sum();
    }
}
