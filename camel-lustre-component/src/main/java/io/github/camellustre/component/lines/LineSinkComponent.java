// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes the endpoints of {@code lustre-lines:} and keeps the directories that they share. */
@Component("lustre-lines")
public class LineSinkComponent extends DefaultComponent {
    private static final long UPKEEP_MILLIS = 1_000;

    private record Place(Path directory, LineForm form) {}

    private static final class Shared {
        private final LineDirectory directory;
        private final Future<?> upkeep;
        private int users;

        Shared(LineDirectory directory, Future<?> upkeep) {
            this.directory = directory;
            this.upkeep = upkeep;
        }
    }

    private final Map<Place, Shared> open = new HashMap<>();
    private ExecutorService executor;
    private ScheduledExecutorService clock;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LineSinkEndpoint endpoint = new LineSinkEndpoint(uri, this);
        endpoint.setDirectory(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The open directory of that form; to be given back with {@link #release}. */
    synchronized LineDirectory acquire(Path directory, LineForm form, LineOptions options) throws LineFileException {
        Place place = place(directory, form);
        Shared shared = open.get(place);
        if (shared == null) {
            LineDirectory opened = new LineDirectory(directory, form, options, files(), executor);
            shared = new Shared(opened, options.needUpkeep() ? keepUp(opened) : null);
            open.put(place, shared);
        } else if (!shared.directory.options().equals(options)) {
            throw new LineFileException(
                    place.directory(),
                    "another endpoint writes form " + form + " there with " + shared.directory.options()
                            + ", this one has " + options,
                    "Give both the same options, or each its own directory");
        }
        shared.users++;
        return shared.directory;
    }

    synchronized void release(Path directory, LineForm form) {
        Place place = place(directory, form);
        Shared shared = open.get(place);
        if (shared != null && --shared.users == 0) {
            open.remove(place);
            if (shared.upkeep != null) {
                shared.upkeep.cancel(false);
            }
            shared.directory.close();
        }
    }

    private Future<?> keepUp(LineDirectory directory) {
        if (clock == null) {
            clock = getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "lustre-lines-upkeep");
        }
        return clock.scheduleWithFixedDelay(directory::upkeep, 0, UPKEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Absolute, so that two spellings of one directory share a writer; two links to one are refused by its lock. */
    private static Place place(Path directory, LineForm form) {
        return new Place(directory.toAbsolutePath().normalize(), form);
    }

    /** Replaced by tests. */
    FileAccess files() {
        return new FileAccess();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        executor = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "lustre-lines");
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        getCamelContext().getExecutorServiceManager().shutdownGraceful(executor);
        if (clock != null) {
            getCamelContext().getExecutorServiceManager().shutdownGraceful(clock);
            clock = null;
        }
    }
}
