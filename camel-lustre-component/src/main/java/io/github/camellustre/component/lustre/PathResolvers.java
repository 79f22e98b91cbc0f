// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.path.FidLookUp;
import io.github.camellustre.changelog.path.LustreMount;
import io.github.camellustre.changelog.path.PathOptions;
import io.github.camellustre.changelog.path.PathResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;

/** One memory of names for each file system, whatever routes use it: each record teaches all of them, once. */
final class PathResolvers {
    private static final class Shared {
        private final PathResolver resolver;
        private final Settings settings;
        private final ExecutorService executor;
        private int users;

        Shared(PathResolver resolver, Settings settings, ExecutorService executor) {
            this.resolver = resolver;
            this.settings = settings;
            this.executor = executor;
        }
    }

    private record Settings(String mount, String library, PathOptions options) {
        static Settings of(PathConfiguration configuration) {
            return new Settings(configuration.getMount(), configuration.getLibrary(), configuration.options());
        }
    }

    private final CamelContext context;
    private final Map<String, Shared> open = new HashMap<>();

    PathResolvers(CamelContext context) {
        this.context = context;
    }

    /** @throws IllegalArgumentException if records cannot be sent to the endpoint as it is set */
    static void check(LustreEndpoint endpoint) {
        String name = endpoint.getMdts();
        PathConfiguration configuration = endpoint.getPaths();
        if (endpoint.getOperation() == null) {
            throw new IllegalArgumentException(
                    "lustre:" + name
                            + ": what is to become of records that are sent there? Set operation=path, as to: lustre:fs?operation=path");
        }
        if (name.contains("-MDT") || name.contains(",") || name.contains("*")) {
            throw new IllegalArgumentException("lustre:" + name + "?operation=" + endpoint.getOperation()
                    + ": give the name of the file system, as lustre:fs, without that of an MDT: a directory may have its"
                    + " entries on all of them");
        }
        if (configuration.isAttributes() && configuration.getMount() == null) {
            throw new IllegalArgumentException(
                    "lustre:" + name + ": attributes=true needs mount=FOLDER, where the file system is mounted");
        }
    }

    /** To be given back with {@link #release}. */
    synchronized PathResolver acquire(String fileSystem, PathConfiguration configuration) {
        Settings settings = Settings.of(configuration);
        Shared shared = open.get(fileSystem);
        if (shared == null) {
            shared = open(fileSystem, settings);
            open.put(fileSystem, shared);
        } else if (!shared.settings.equals(settings)) {
            throw new IllegalArgumentException("lustre:" + fileSystem + ": another endpoint looks up paths there with "
                    + shared.settings + ", this one has " + settings
                    + ": all share one memory of names, so give them the same options, or set them once, as"
                    + " camel.component.lustre.mount");
        }
        shared.users++;
        return shared.resolver;
    }

    private Shared open(String fileSystem, Settings settings) {
        FidLookUp mounted = settings.mount() == null ? null : LustreMount.at(settings.mount(), settings.library());
        ExecutorService executor =
                context.getExecutorServiceManager().newCachedThreadPool(this, "lustre-path-" + fileSystem);
        return new Shared(new PathResolver(settings.options(), mounted, executor), settings, executor);
    }

    synchronized void release(String fileSystem) {
        Shared shared = open.get(fileSystem);
        if (shared != null && --shared.users == 0) {
            open.remove(fileSystem);
            shared.resolver.close();
            context.getExecutorServiceManager().shutdown(shared.executor);
        }
    }

    /** Empty if no route uses it. */
    synchronized Optional<PathResolver> find(String fileSystem) {
        return Optional.ofNullable(open.get(fileSystem)).map(shared -> shared.resolver);
    }
}
