// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.Map;

/**
 * What one filter of a route has done, at one moment.
 *
 * @param route id of the route or kamelet route that it is in
 * @param filter its text
 * @param received records that came, repeats included
 * @param unplaced how many of them a term {@code path=} dropped although it is not known where their object is
 * @param dropped how many of them were dropped, by the term that did not hold: the first in the order of their cost
 */
public record FilterStatus(String route, String filter, long received, long unplaced, Map<String, Long> dropped) {

    public long passed() {
        return received - dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
