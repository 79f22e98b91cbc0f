// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes the endpoints of {@code lustre-lines:} and keeps the directories that they share. */
@Component("lustre-lines")
public class LineSinkComponent extends DefaultComponent {
    private record Place(Path directory, LineForm form) {}

    private static final class Shared {
        private final LineDirectory directory;
        private int users;

        Shared(LineDirectory directory) {
            this.directory = directory;
        }
    }

    private final Map<Place, Shared> open = new HashMap<>();
    private ExecutorService executor;

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
            shared = new Shared(new LineDirectory(directory, form, options, files(), executor));
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
            shared.directory.close();
        }
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
    }
}
