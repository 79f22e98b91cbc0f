// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.window.Coalescing;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random lives of a file system: what each strategy leaves of its changelogs is enough for the reader that it is for. */
class CoalescingModelTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void oneWindowOverAllMdtsKeepsEveryPromise(@ForAll("scenarios") List<Scenario> scenarios) {
        scenarios.forEach(scenario -> run(scenario, false));
    }

    /** Promised only for objects whose records are all in one log. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void aWindowForEachMdtKeepsItWhereNoObjectIsInTwoLogs(@ForAll("scenarios") List<Scenario> scenarios) {
        scenarios.forEach(scenario -> run(scenario, true));
    }

    private static void run(Scenario scenario, boolean perMdt) {
        ModelFileSystem fileSystem = new ModelFileSystem(scenario.mdts());
        List<CoalescedStream> streams = new ArrayList<>();
        for (Coalescing coalescing : Coalescing.values()) {
            streams.add(new CoalescedStream(scenario, coalescing, perMdt, fileSystem.tree));
        }
        for (Operation operation : scenario.operations()) {
            // What moves to another MDT is in two logs, and so is what lies in it.
            if (!perMdt || operation.kind() != OperationKind.MIGRATE) {
                fileSystem.carryOut(operation);
                for (ChangelogRecord record : fileSystem.changelog.take()) {
                    streams.forEach(stream -> stream.add(record));
                }
            }
        }
        streams.forEach(CoalescedStream::end);
    }

    /** Ten for each try: a build tries as often as a ledger is tried, and a life of a file system takes less time. */
    @Provide
    Arbitrary<List<Scenario>> scenarios() {
        return Scenario.any().list().ofSize(10);
    }
}
