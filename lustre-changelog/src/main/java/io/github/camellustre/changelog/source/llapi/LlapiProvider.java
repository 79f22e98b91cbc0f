// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.llapi;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSourceProvider;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import io.github.camellustre.changelog.source.live.ChangelogDevices;
import io.github.camellustre.changelog.source.live.Waiting;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kind {@code llapi}: as {@code device}, but through Lustre's own library, for sites that want its way of doing things or
 * the kernel's filter. Options: those of {@code device} ({@code dir} only serves to find the MDTs; the library has its own
 * idea of where they are), {@code library}, {@code kernelMask} and {@code kernelUser}.
 */
public final class LlapiProvider implements ChangelogSourceProvider {
    private static final String KIND = "llapi";
    private static final String LIBRARY = "library";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public ChangelogSource create(Map<String, String> given) throws SourceException {
        SourceOptions options = SourceOptions.of(
                KIND,
                given,
                Set.of(
                        ChangelogDevices.DIR,
                        Waiting.MODE,
                        Waiting.POLL_INTERVAL,
                        LIBRARY,
                        KernelMask.MASK,
                        KernelMask.USER));
        ChangelogDevices devices = ChangelogDevices.parse(options);
        Waiting waiting = Waiting.parse(options);
        Optional<KernelMask> mask = KernelMask.parse(options);
        return new LlapiSource(
                devices, waiting, Liblustreapi.load(options.text(LIBRARY).orElse("lustreapi")), mask);
    }
}
