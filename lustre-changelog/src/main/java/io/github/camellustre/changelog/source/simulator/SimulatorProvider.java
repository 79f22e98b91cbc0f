// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSourceProvider;
import io.github.camellustre.changelog.source.SourceException;
import java.util.Map;

/**
 * Kind {@code simulator}: a believable Lustre file system for people without Lustre. Options, all with defaults:
 * {@code fs}, {@code mdts}, {@code records} (per MDT), {@code rate} (records per second and MDT, 0 is unlimited),
 * {@code seed}, {@code users}, {@code data} (folder that remembers clears); and for what goes wrong: {@code faults},
 * {@code belowMark}, {@code hidden}, see docs/faults.md. See {@link SimulatorOptions}.
 */
public final class SimulatorProvider implements ChangelogSourceProvider {

    @Override
    public String kind() {
        return SimulatorOptions.KIND;
    }

    @Override
    public ChangelogSource create(Map<String, String> options) throws SourceException {
        return new SimulatedFileSystem(SimulatorOptions.parse(options));
    }
}
