// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.reader.MdtStatus;
import io.github.camellustre.component.lustre.token.InTurn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Lustre changelogs as routes: see {@link LustreEndpoint}. */
@Component("lustre")
public class LustreComponent extends DefaultComponent implements ExtendedStartupListener {
    /** Name under which the acknowledged records are in the registry. */
    public static final String ACKNOWLEDGED = "lustreAcknowledged";

    /** Name under which the expression that splits records by MDT and type is in the registry. */
    public static final String BY_TYPE = "lustreByType";

    /** Name under which the expression that splits a window into its groups is in the registry. */
    public static final String BY_GROUP = "lustreByGroup";

    /** Name under which the step that lets one exchange of an MDT pass at a time is in the registry. */
    public static final String IN_TURN = "lustreInTurn";

    private static final String PROPERTIES = "camel.component.lustre.";

    @Metadata(description = "Options that all endpoints take over unless they set their own.")
    private LustreConfiguration configuration = new LustreConfiguration();

    @Metadata(
            description =
                    "Most bytes of raw records that all MDTs together keep because they are not acknowledged. The default, 0, is a"
                            + " quarter of the heap.",
            defaultValue = "0")
    private long maxMemory;

    @Metadata(description = "Options of path look-ups that all endpoints take over unless they set their own.")
    private PathConfiguration paths = new PathConfiguration();

    private final RecordFilters filters = new RecordFilters();
    private LustreReaders readers;
    private PathResolvers resolvers;

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        NumberText.check(getComponentPropertyConfigurer(), PROPERTIES, written());
        NumberText.check(getEndpointPropertyConfigurer(), PROPERTIES, written());
        long bytes = maxMemory > 0 ? maxMemory : Runtime.getRuntime().maxMemory() / 4;
        readers = new LustreReaders(getCamelContext(), new MemoryBudget(bytes));
        resolvers = new PathResolvers(getCamelContext());
        getCamelContext().getRegistry().bind(ACKNOWLEDGED, new AcknowledgedRecords(this));
        getCamelContext().getRegistry().bind(BY_TYPE, new RecordsByType());
        getCamelContext().getRegistry().bind(BY_GROUP, new RecordsByGroup());
        getCamelContext().getRegistry().bind(IN_TURN, new InTurn());
        getCamelContext().addStartupListener(this);
    }

    /** What camel-main has set, or will. */
    private Map<String, Object> written() {
        Properties properties =
                getCamelContext().getPropertiesComponent().loadProperties(name -> name.startsWith(PROPERTIES));
        Map<String, Object> written = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> written.put(name, properties.getProperty(name)));
        return written;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        NumberText.check(getEndpointPropertyConfigurer(), "", parameters);
        LustreEndpoint endpoint = new LustreEndpoint(uri, this, configuration.copy(), paths.copy());
        endpoint.setMdts(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // Else not yet: routes of this context may still be starting. Camel also says so before it has initialized
        // this.
        if (alreadyStarted && readers != null) {
            readers.start();
        }
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        readers.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (readers != null) {
            readers.stop();
        }
        super.doStop();
    }

    LustreReaders readers() {
        return readers;
    }

    PathResolvers resolvers() {
        return resolvers;
    }

    RecordFilters filters() {
        return filters;
    }

    /** What the filters of all routes have dropped, and why. */
    public List<FilterStatus> filterStatus() {
        return filters.status();
    }

    /** What every MDT that is read is doing; after the stop, how it ended. */
    public List<MdtStatus> status() {
        return readers.status();
    }

    /** True once all sources are finite, at their end, and everything is delivered, acknowledged and cleared. */
    public boolean isComplete() {
        return readers.isComplete();
    }

    /** Whether a consumer has acknowledged the record of an MDT that has this index. */
    public boolean isAcknowledged(String consumer, String mdt, long index) {
        return readers.isAcknowledged(consumer, mdt, index);
    }

    public LustreConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(LustreConfiguration configuration) {
        this.configuration = configuration;
    }

    public PathConfiguration getPaths() {
        return paths;
    }

    public void setPaths(PathConfiguration paths) {
        this.paths = paths;
    }

    public long getMaxMemory() {
        return maxMemory;
    }

    public void setMaxMemory(long maxMemory) {
        this.maxMemory = maxMemory;
    }
}
