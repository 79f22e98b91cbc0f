// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.path.PathResolver;
import java.util.function.ToLongFunction;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Read the changelogs of Lustre metadata targets, clear what has been delivered, and find the paths of the files in the
 * records.
 */
@ManagedResource(description = "Lustre changelogs, and paths of what is in them")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "lustre",
        title = "Lustre",
        syntax = "lustre:mdts",
        category = {Category.FILE, Category.MONITORING},
        headersClass = LustreConstants.class)
public class LustreEndpoint extends DefaultEndpoint implements AsyncEndpoint, MultipleConsumersSupport {
    @UriPath(
            description =
                    "MDTs to read: a name, several joined with commas, or a pattern: fs-MDT0000, fs-MDT0000,fs-MDT0001, fs-MDT*. A"
                            + " pattern also takes MDTs that appear later. Of a producer the name of the file system: fs.")
    @Metadata(required = true)
    private String mdts;

    @UriParam(
            label = "producer",
            enums = "path,learn",
            description =
                    "What becomes of records that are sent here. path: they get the paths of their objects; what they say of names"
                            + " is remembered. learn: it is only remembered, for a later path.")
    private PathOperation operation;

    @UriParam
    private final LustreConfiguration configuration;

    @UriParam
    private final PathConfiguration paths;

    LustreEndpoint(String uri, LustreComponent component, LustreConfiguration configuration, PathConfiguration paths) {
        super(uri, component);
        this.configuration = configuration;
        this.paths = paths;
    }

    @Override
    public Producer createProducer() {
        PathResolvers.check(this);
        return new PathProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (operation != null) {
            throw new IllegalArgumentException("lustre:" + mdts + ": operation=" + operation
                    + " is for records that are sent to it, as to: lustre:fs?operation=path; leave it out of a from");
        }
        LustreConsumer consumer = new LustreConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** Routes may name the same MDTs with the same options: each is a consumer of its own. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    LustreReaders readers() {
        return ((LustreComponent) getComponent()).readers();
    }

    PathResolvers resolvers() {
        return ((LustreComponent) getComponent()).resolvers();
    }

    private long count(ToLongFunction<PathResolver> what) {
        return resolvers().find(mdts).map(what::applyAsLong).orElse(0L);
    }

    private long count(PathReason reason) {
        return count(resolver -> resolver.counters().of(reason));
    }

    @ManagedAttribute(description = "Records for whose paths what is remembered was enough")
    public long getPathHits() {
        return count(resolver -> resolver.counters().hits());
    }

    @ManagedAttribute(description = "Records for whose paths the file system had to be asked")
    public long getPathMisses() {
        return count(resolver -> resolver.counters().misses());
    }

    @ManagedAttribute(description = "Questions to the file system, one for each object")
    public long getPathLookUps() {
        return count(resolver -> resolver.counters().lookUps());
    }

    @ManagedAttribute(description = "Records whose object had no name any more")
    public long getPathsGone() {
        return count(PathReason.GONE);
    }

    @ManagedAttribute(description = "Records whose path is not whole, or not known at all")
    public long getPathsPartial() {
        return count(PathReason.PARTIAL) + count(PathReason.UNKNOWN);
    }

    @ManagedAttribute(
            description = "Records that went on without a path because the file system did not answer in time")
    public long getPathsTimedOut() {
        return count(PathReason.TIMED_OUT) + count(PathReason.BUSY);
    }

    @ManagedAttribute(
            description = "Records that went on without a path because the file system answered with an error")
    public long getPathsFailed() {
        return count(PathReason.FAILED);
    }

    @ManagedAttribute(description = "Look-ups that were not answered in time and still take up a thread")
    public long getLatePathLookUps() {
        return count(PathResolver::lateLookUps);
    }

    @ManagedAttribute(description = "Objects whose names are remembered")
    public long getPathObjects() {
        return count(PathResolver::objects);
    }

    RecordFilters filters() {
        return ((LustreComponent) getComponent()).filters();
    }

    public String getMdts() {
        return mdts;
    }

    public void setMdts(String mdts) {
        this.mdts = mdts;
    }

    public PathOperation getOperation() {
        return operation;
    }

    public void setOperation(PathOperation operation) {
        this.operation = operation;
    }

    public LustreConfiguration getConfiguration() {
        return configuration;
    }

    public PathConfiguration getPaths() {
        return paths;
    }
}
