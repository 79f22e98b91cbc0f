// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import io.github.camellustre.component.lcap.server.CurveKeys;
import io.github.camellustre.component.lcap.server.GroupSettings;
import io.github.camellustre.component.lcap.server.GroupUse;
import io.github.camellustre.component.lcap.server.LcapServer;
import io.github.camellustre.component.lcap.server.ServerAddress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.LifecycleStrategySupport;

/** Makes the endpoints of {@code lcap:} and keeps the servers that they share: see {@link LcapEndpoint}. */
@Component("lcap")
public class LcapComponent extends DefaultComponent {
    private static final class Shared {
        private final LcapServer server;
        private int users;

        Shared(LcapServer server) {
            this.server = server;
        }
    }

    @Metadata(description = "Options that all endpoints take over unless they set their own.")
    private LcapConfiguration configuration = new LcapConfiguration();

    private final Map<ServerAddress, Shared> servers = new HashMap<>();
    /** With the route; empty if it is not known. */
    private final Map<GroupUse, String> uses = new ConcurrentHashMap<>();

    private ExecutorService completions;

    /** Before Camel waits for the exchanges that are under way: what nobody will acknowledge must not keep it waiting. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                uses.keySet().forEach(GroupUse::prepareStop);
            }

            @Override
            public void onRoutesAdd(Collection<Route> routes) {
                routes.forEach(LcapComponent.this::addNotice);
            }
        });
    }

    private void addNotice(Route route) {
        if (uses.containsValue(route.getId())) {
            route.addService(new StopNotice(this, route.getId()));
        }
    }

    /** That route will stop. */
    void prepareStop(String routeId) {
        uses.forEach((use, route) -> {
            if (route.equals(routeId)) {
                use.prepareStop();
            }
        });
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        ServerAddress address = ServerAddress.parse(slash < 0 ? remaining : remaining.substring(0, slash));
        LcapEndpoint endpoint = new LcapEndpoint(uri, this, configuration.copy());
        endpoint.setHost(address.host());
        endpoint.setPort(address.port());
        if (slash >= 0) {
            endpoint.setGroup(remaining.substring(slash + 1));
        }
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /**
     * A place in the group; to be given back with {@link #release}.
     *
     * @param routeId that of the route which sends, or empty
     */
    synchronized GroupUse acquire(ServerAddress address, CurveKeys curve, GroupSettings settings, String routeId)
            throws IOException {
        Shared shared = servers.get(address);
        if (shared == null) {
            LcapServer server = LcapServer.open(address, curve, completions);
            shared = new Shared(server);
            servers.put(address, shared);
            admitLater(server);
        } else if (!Objects.equals(shared.server.curve(), curve)) {
            throw new IllegalArgumentException("lcap: another endpoint listens on " + address + " with "
                    + keys(shared.server.curve()) + ", this one wants " + keys(curve)
                    + ": an address has one certificate. Give both the same, or another port");
        }
        shared.users++;
        try {
            GroupUse use = shared.server.attach(settings);
            uses.put(use, routeId);
            return use;
        } catch (IOException | RuntimeException e) {
            leave(address);
            throw e;
        }
    }

    /** At once if Camel has started. */
    private void admitLater(LcapServer server) throws IOException {
        try {
            getCamelContext().addStartupListener((context, alreadyStarted) -> server.admit());
        } catch (Exception e) {
            throw new IOException("lcap: cannot tell when Camel has started", e);
        }
    }

    private static String keys(CurveKeys curve) {
        return curve == null
                ? "no encryption"
                : "serverCertificate=" + curve.certificate() + " and clientCertificates=" + curve.clients();
    }

    /** Waits for the group's readers, if nobody else serves the group. */
    void release(GroupUse use) throws IOException {
        try {
            use.release();
        } finally {
            uses.remove(use);
            leave(use.server().address());
        }
    }

    private synchronized void leave(ServerAddress address) {
        Shared shared = servers.get(address);
        shared.users--;
        if (shared.users == 0) {
            servers.remove(address);
            shared.server.close();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        completions = getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "lcap-completions");
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        getCamelContext().getExecutorServiceManager().shutdownGraceful(completions);
    }

    public LcapConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(LcapConfiguration configuration) {
        this.configuration = configuration;
    }
}
