// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.witness;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSourceProvider;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Kind {@code witness}: the simulator, and in the folder {@code journal} what was asked of it. */
public final class WitnessProvider implements ChangelogSourceProvider {
    static final String KIND = "witness";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public ChangelogSource create(Map<String, String> options) throws SourceException {
        Map<String, String> simulator = new HashMap<>(options);
        Path folder = Path.of(simulator.remove("journal"));
        return new Witness(new SourceSpec("simulator", simulator).create(), folder);
    }
}
