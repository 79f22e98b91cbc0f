// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The filters that are steps of routes, of one Camel context. */
final class RecordFilters {
    private final List<RecordFilterProcessor> all = new CopyOnWriteArrayList<>();

    void add(RecordFilterProcessor filter) {
        all.add(filter);
    }

    void remove(RecordFilterProcessor filter) {
        all.remove(filter);
    }

    List<RecordFilterProcessor> ofRoute(String routeId) {
        return all.stream()
                .filter(filter -> routeId.equals(filter.getRouteId()))
                .toList();
    }

    /** The filter that is this step; empty if the step is something else. */
    Optional<RecordFilterProcessor> at(String routeId, String stepId) {
        return ofRoute(routeId).stream()
                .filter(filter -> filter.getId().equals(stepId))
                .findFirst();
    }

    List<FilterStatus> status() {
        return all.stream().map(RecordFilterProcessor::status).toList();
    }
}
