// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.Exchange;

/** Ends an exchange of which a filter left nothing: no step that follows in its branch runs. */
public final class FilteredOut {
    private static final String MARK = "CamelLustreFilteredOut";

    private FilteredOut() {}

    public static void end(Exchange exchange) {
        exchange.setRouteStop(true);
        exchange.setProperty(MARK, true);
    }

    /** Camel would go on from the last branch's exchange, and so end what follows the multicast, too. */
    static void endOfBranch(Exchange branch) {
        if (branch != null && branch.removeProperty(MARK) != null) {
            branch.setRouteStop(false);
        }
    }
}
