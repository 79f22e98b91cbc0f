// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.window;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.window.Coalescing;
import io.github.camellustre.changelog.window.GroupOrder;
import io.github.camellustre.changelog.window.Grouping;
import io.github.camellustre.changelog.window.MetadataServers;
import io.github.camellustre.changelog.window.WindowOptions;
import io.github.camellustre.changelog.window.WindowResult;
import io.github.camellustre.component.lustre.LustreConstants;
import io.github.camellustre.component.lustre.token.AggregatorStrategy;
import java.time.Duration;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.spi.Metadata;

/**
 * The strategy of an {@code aggregate} step whose groups are windows of records: it coalesces them, groups and orders what
 * is left, and bounds the memory of all open windows. Takes single records and batches; what comes out is a
 * {@link ChangelogBatch}, which may be empty, with the {@link WindowResult} in the header {@link LustreConstants#WINDOW}.
 *
 * <p>A window ends when the step says so, and besides when it has {@code size} records, when it is {@code maxDelay} old
 * whatever still comes for it, and when all open ones together have {@code maxRecords} or {@code maxBytes}: then the
 * oldest goes out early.
 *
 * <p>Its records are acknowledged when the whole window has been delivered: those that were suppressed or cancelled with
 * it, and not before.
 */
@Metadata(
        label = "bean",
        description = "Windows of changelog records: coalesced, grouped and ordered.",
        annotations = {"interfaceName=org.apache.camel.AggregationStrategy"})
public final class LustreWindow implements AggregatorStrategy {
    private Coalescing coalesce = Coalescing.NONE;
    private Grouping group = Grouping.ARRIVAL;
    private GroupOrder order = GroupOrder.OLDEST;
    private MetadataServers servers = MetadataServers.UNKNOWN;
    private boolean mergeByTime;
    private int size;
    private Duration maxDelay = Duration.ofMinutes(1);
    private int maxRecords = 1_000_000;
    private long maxBytes = 256L << 20;

    @Override
    public AggregationStrategy of(CamelContext context, AggregateController aggregator) {
        WindowOptions options = new WindowOptions(coalesce, group, order, mergeByTime, servers);
        return new WindowStrategy(context, aggregator, options, new WindowBounds(size, maxDelay, maxRecords, maxBytes));
    }

    public String getCoalesce() {
        return coalesce.toString();
    }

    @Metadata(
            description = "Which records stand for others: none, restat, net-effect or last-per-fid.",
            defaultValue = "none")
    public void setCoalesce(String coalesce) {
        this.coalesce = Coalescing.parse(coalesce);
    }

    public String getGroup() {
        return group.toString();
    }

    @Metadata(
            description = "What records are put together by: arrival (not at all), fid, parent, mdt, server or job.",
            defaultValue = "arrival")
    public void setGroup(String group) {
        this.group = Grouping.parse(group);
    }

    public String getOrder() {
        return order.toString();
    }

    @Metadata(description = "Which group comes first: the oldest or the hottest.", defaultValue = "oldest")
    public void setOrder(String order) {
        this.order = GroupOrder.parse(order);
    }

    @Metadata(
            description = "With group=server: the MDTs of each metadata server, as"
                    + " mds1=fs-MDT0000,fs-MDT0001;mds2=fs-MDT*. An MDT of none is a server of its own.")
    public void setServers(String servers) {
        this.servers = MetadataServers.parse(servers);
    }

    public boolean isMergeByTime() {
        return mergeByTime;
    }

    @Metadata(
            description = "Whether records of several MDTs in one window are put in the order of their times first.",
            defaultValue = "false")
    public void setMergeByTime(boolean mergeByTime) {
        this.mergeByTime = mergeByTime;
    }

    public int getSize() {
        return size;
    }

    @Metadata(
            description =
                    "Records after which a window ends; the last batch may go beyond. 0: the step alone says when.",
            defaultValue = "0")
    public void setSize(int size) {
        this.size = notNegative("size", size);
    }

    public Duration getMaxDelay() {
        return maxDelay;
    }

    @Metadata(
            description = "Longest time from the first record of a window to its end, however much still comes for it.",
            defaultValue = "1m",
            javaType = "java.time.Duration")
    public void setMaxDelay(Duration maxDelay) {
        if (maxDelay.isNegative() || maxDelay.isZero()) {
            throw new IllegalArgumentException("maxDelay=" + maxDelay + ": a time above zero is needed, as 30s");
        }
        this.maxDelay = maxDelay;
    }

    public int getMaxRecords() {
        return maxRecords;
    }

    @Metadata(
            description = "Records in all open windows of the step at which the oldest goes out early.",
            defaultValue = "1000000")
    public void setMaxRecords(int maxRecords) {
        this.maxRecords = positive("maxRecords", maxRecords);
    }

    public long getMaxBytes() {
        return maxBytes;
    }

    @Metadata(
            description = "Bytes of the records in all open windows of the step at which the oldest goes out early.",
            defaultValue = "268435456")
    public void setMaxBytes(long maxBytes) {
        this.maxBytes = positive("maxBytes", maxBytes);
    }

    private static int notNegative(String option, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + "=" + value + ": a number of records is needed, or 0");
        }
        return value;
    }

    private static <T extends Number> T positive(String option, T value) {
        if (value.longValue() <= 0) {
            throw new IllegalArgumentException(option + "=" + value + ": a number above zero is needed");
        }
        return value;
    }

    @Override
    public String toString() {
        return "lustre window (coalesce=" + coalesce + ", group=" + group + ")";
    }
}
