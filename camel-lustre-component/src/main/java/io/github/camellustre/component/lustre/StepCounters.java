// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import org.apache.camel.Route;
import org.apache.camel.RouteAware;
import org.apache.camel.support.service.ServiceSupport;

/**
 * What a step counts, for JMX. A service because Camel manages those, and of no route because it leaves out those of the
 * routes that it makes of kamelets.
 */
public abstract class StepCounters extends ServiceSupport implements RouteAware {
    @Override
    public final Route getRoute() {
        return null;
    }

    @Override
    public final void setRoute(Route route) {
        // of none
    }
}
