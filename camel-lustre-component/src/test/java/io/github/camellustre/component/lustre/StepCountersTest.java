// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;

/** What the steps of kamelets count is in JMX, for as long as their routes run. */
class StepCountersTest {
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    private Set<ObjectName> counters(Testbed bed, String step) throws Exception {
        return beans.queryNames(
                new ObjectName("org.apache.camel:context=" + bed.context.getManagementName() + ",type=services,name="
                        + step + "Counters*"),
                null);
    }

    @Test
    void filters() throws Exception {
        Testbed bed = new Testbed().route("r", Map.of("batching", true), """
                - to: "lustre:fs?operation=path"
                - kamelet: {name: lustre-filter-action, parameters: {filter: 'path=/file1,/file2 type=CREAT'}}
                - process: {ref: sink}
                """);
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
        bed.source.write(24);
        try (bed) {
            bed.start().awaitAllCleared();
            Map<String, Object> told = new TreeMap<>();
            for (ObjectName name : counters(bed, "Filter")) {
                for (String attribute : Set.of(
                        "FilterRoute", "Filter", "Received", "Passed", "Dropped", "DroppedByTerm", "DroppedUnplaced")) {
                    told.put(attribute, beans.getAttribute(name, attribute));
                }
            }
            assertThat(told)
                    .containsEntry("Filter", "path=/file1,/file2 type=CREAT")
                    .containsEntry(
                            "FilterRoute", bed.lustre().filterStatus().get(0).route())
                    .containsEntry("Received", 24L)
                    .containsEntry("Passed", 8L)
                    .containsEntry("Dropped", 16L)
                    .containsEntry("DroppedByTerm", "type=CREAT: 8; path=/file1,/file2: 8")
                    .containsEntry("DroppedUnplaced", 0L);
            bed.context
                    .getRouteController()
                    .stopRoute(bed.lustre().filterStatus().get(0).route());
            assertThat(counters(bed, "Filter")).isEmpty();
        }
    }

    @Test
    void windows() throws Exception {
        Testbed bed = new Testbed().route("r", Map.of("batching", true), """
                - kamelet: {name: lustre-coalesce-action, parameters: {strategy: last-per-fid, size: 24}}
                - process: {ref: sink}
                """);
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
        bed.source.write(24);
        try (bed) {
            bed.start().awaitAllCleared();
            Set<ObjectName> names = counters(bed, "Window");
            assertThat(names).hasSize(1);
            ObjectName name = names.iterator().next();
            assertThat(beans.getAttribute(name, "Received")).isEqualTo(24L);
            assertThat(beans.getAttribute(name, "Kept")).isEqualTo(4L);
        }
    }
}
