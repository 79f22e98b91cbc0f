// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

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
    Optional<RecordFilterProcessor> at(RouteDefinition route, ProcessorDefinition<?> step) {
        if (!(step instanceof ProcessDefinition)) {
            return Optional.empty();
        }
        String prefix = step.getNodePrefixId();
        String id = prefix == null ? step.getId() : prefix + step.getId();
        return ofRoute(route.getRouteId()).stream()
                .filter(filter -> filter.getId().equals(id))
                .findFirst();
    }

    boolean askForPaths() {
        return all.stream().anyMatch(filter -> filter.filter().asksForPaths());
    }

    List<FilterStatus> status() {
        return all.stream().map(RecordFilterProcessor::status).toList();
    }
}
