// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kinds of sources that are on the class path. */
public final class ChangelogSources {

    private ChangelogSources() {}

    /** Names of all kinds, sorted. */
    public static SortedSet<String> kinds() {
        return new TreeSet<>(providers().keySet());
    }

    /** The kind that is meant when none is named: the devices of a mounted file system, else the simulator. */
    public static String defaultKind() {
        return providers().values().stream()
                .filter(ChangelogSourceProvider::isDefaultHere)
                .map(ChangelogSourceProvider::kind)
                .findFirst()
                .orElse("simulator");
    }

    /**
     * @throws SourceException no provider answers to {@code kind}; the message lists those that there are
     */
    public static ChangelogSourceProvider provider(String kind) throws SourceException {
        ChangelogSourceProvider provider = providers().get(kind);
        if (provider == null) {
            throw SourceException.fatal("unknown source '" + kind + "': the kinds there are: " + kinds(), null);
        }
        return provider;
    }

    /** Looks with this library's class loader too: the thread's own may be one that knows nothing of us. */
    private static Map<String, ChangelogSourceProvider> providers() {
        Map<String, ChangelogSourceProvider> providers = new TreeMap<>();
        for (ChangelogSourceProvider provider : ServiceLoader.load(ChangelogSourceProvider.class)) {
            providers.putIfAbsent(provider.kind(), provider);
        }
        for (ChangelogSourceProvider provider :
                ServiceLoader.load(ChangelogSourceProvider.class, ChangelogSources.class.getClassLoader())) {
            providers.putIfAbsent(provider.kind(), provider);
        }
        return providers;
    }
}
