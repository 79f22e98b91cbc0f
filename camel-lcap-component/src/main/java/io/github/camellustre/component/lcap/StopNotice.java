// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import org.apache.camel.Service;
import org.apache.camel.spi.ShutdownPrepared;

/**
 * A service of a route that sends to {@code lcap:}: Camel tells it of a stop before it waits for the exchanges that are under
 * way, while it tells producers only afterwards.
 */
record StopNotice(LcapComponent component, String routeId) implements Service, ShutdownPrepared {
    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            component.prepareStop(routeId);
        }
    }
}
