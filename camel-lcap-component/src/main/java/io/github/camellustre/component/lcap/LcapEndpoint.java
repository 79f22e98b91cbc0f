// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import io.github.camellustre.component.lcap.group.GroupCounters;
import io.github.camellustre.component.lcap.server.GroupUse;
import io.github.camellustre.component.lcap.server.ServerAddress;
import io.github.camellustre.lcap.wire.GroupName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Serve Lustre changelog records to reader programs that speak LCAP's protocol, and complete when these acknowledge. */
@ManagedResource(description = "A group of LCAP readers")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "lcap",
        title = "LCAP",
        syntax = "lcap:host:port/group",
        producerOnly = true,
        category = {Category.FILE, Category.MESSAGING})
public class LcapEndpoint extends DefaultEndpoint implements AsyncEndpoint {
    @UriPath(
            description =
                    "Name or address of this machine to listen on: 127.0.0.1, [::1] for IPv6, 0.0.0.0 for all of its networks.")
    @Metadata(required = true)
    private String host;

    @UriPath(defaultValue = "8189", description = "TCP port. Endpoints with the same host and port share the socket.")
    private int port = ServerAddress.DEFAULT_PORT;

    @UriPath(
            defaultValue = "default",
            description =
                    "Name of the group: 1 to 64 letters, digits, dots, underscores and hyphens. Readers of LCAP's own library are in"
                            + " default.")
    private String group = GroupName.DEFAULT.text();

    @UriParam
    private final LcapConfiguration configuration;

    private final Set<GroupUse> uses = ConcurrentHashMap.newKeySet();
    private LcapHealthCheck healthCheck;

    LcapEndpoint(String uri, LcapComponent component, LcapConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new LcapProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "lcap: serves readers, and is only sent to; to read from a server use lcap-client or ./camel-lustre read");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        healthCheck = LcapHealthCheck.register(this);
    }

    @Override
    protected void doStop() throws Exception {
        if (healthCheck != null) {
            healthCheck.unregister();
        }
        super.doStop();
    }

    /** @param routeId that of the route which sends, or empty */
    GroupUse open(String routeId) throws Exception {
        GroupUse use = ((LcapComponent) getComponent())
                .acquire(
                        new ServerAddress(host, port),
                        configuration.curveKeys(),
                        configuration.settings(new GroupName(group)),
                        routeId);
        uses.add(use);
        return use;
    }

    void close(GroupUse use) throws Exception {
        try {
            ((LcapComponent) getComponent()).release(use);
        } finally {
            uses.remove(use);
        }
    }

    /** A use of the group while there is one, else null. */
    GroupUse use() {
        return uses.stream().findAny().orElse(null);
    }

    private long sum(ToLongFunction<GroupCounters> counter) {
        GroupUse use = use();
        return use == null
                ? 0
                : use.counters().values().stream().mapToLong(counter).sum();
    }

    @ManagedAttribute(description = "Records that exchanges brought")
    public long getOffered() {
        return sum(GroupCounters::offered);
    }

    @ManagedAttribute(description = "Records that readers were given, redelivered ones again")
    public long getSent() {
        return sum(GroupCounters::sent);
    }

    @ManagedAttribute(description = "Records that a reader was given after another had them")
    public long getRedelivered() {
        return sum(GroupCounters::redelivered);
    }

    @ManagedAttribute(description = "Records that the readers' filter does not want")
    public long getFiltered() {
        return sum(GroupCounters::filtered);
    }

    @ManagedAttribute(description = "Records that readers have acknowledged")
    public long getAcknowledged() {
        return sum(GroupCounters::acknowledged);
    }

    @ManagedAttribute(description = "Records that were released because no reader was there")
    public long getReleased() {
        return sum(GroupCounters::released);
    }

    @ManagedAttribute(description = "Records that readers were too slow for (ack=none)")
    public long getDropped() {
        return sum(GroupCounters::dropped);
    }

    @ManagedAttribute(description = "Records that a stop has given up; they come again")
    public long getFailed() {
        return sum(GroupCounters::failed);
    }

    @ManagedAttribute(description = "Records that wait for a reader or its acknowledgement")
    public long getHeld() {
        return sum(GroupCounters::held);
    }

    @ManagedAttribute(description = "Readers that are there; one of two MDTs counts twice")
    public long getReaders() {
        return sum(GroupCounters::readers);
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(String group) {
        this.group = group;
    }

    public LcapConfiguration getConfiguration() {
        return configuration;
    }
}
