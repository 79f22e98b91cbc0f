// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The judge is judged: who applies the logs of the model knows what is true in it. */
class ModelFileSystemTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void itsLogsTellTheTruth(@ForAll("scenarios") Scenario scenario) {
        ModelFileSystem fileSystem = new ModelFileSystem(scenario.mdts());
        StreamState reader = new StreamState(true);
        Map<String, ChangelogRecord> last = new HashMap<>();
        Set<Fid> born = new HashSet<>();
        for (Operation operation : scenario.operations()) {
            fileSystem.carryOut(operation);
            for (ChangelogRecord record : fileSystem.changelog.take()) {
                ChangelogRecord before = last.put(record.mdt(), record);
                assertThat(record.index()).isEqualTo(before == null ? 1 : before.index() + 1);
                born.addAll(record.subjects());
                reader.apply(record);
            }
            int living = 0;
            for (Fid fid : born) {
                ModelObject object = fileSystem.tree.object(fid);
                Set<ModelName> names = object == null ? Set.of() : object.names;
                living += names.isEmpty() ? 0 : 1;
                assertThat(reader.names(fid)).as("%s after %s", fid, operation).isEqualTo(names);
            }
            assertThat(reader.size()).as("objects after %s", operation).isEqualTo(living);
        }
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenario.any();
    }
}
