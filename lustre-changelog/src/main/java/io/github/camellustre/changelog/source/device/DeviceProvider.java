// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.device;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSourceProvider;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import io.github.camellustre.changelog.source.live.ChangelogDevices;
import io.github.camellustre.changelog.source.live.Waiting;
import java.util.Map;
import java.util.Set;

/**
 * Kind {@code device}: the changelog devices of the Lustre client on this machine. Options, all with defaults: {@code dir}
 * (folder of the devices), {@code wait}, {@code pollInterval} (see {@link Waiting}).
 */
public final class DeviceProvider implements ChangelogSourceProvider {
    private static final String KIND = "device";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isDefaultHere() {
        return ChangelogDevices.ofKernel().exist();
    }

    @Override
    public ChangelogSource create(Map<String, String> given) throws SourceException {
        SourceOptions options =
                SourceOptions.of(KIND, given, Set.of(ChangelogDevices.DIR, Waiting.MODE, Waiting.POLL_INTERVAL));
        return new DeviceSource(ChangelogDevices.parse(options), Waiting.parse(options));
    }
}
