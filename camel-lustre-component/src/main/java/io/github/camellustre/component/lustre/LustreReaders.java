// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogException;
import io.github.camellustre.changelog.ack.AckRepository;
import io.github.camellustre.changelog.ack.FileAckRepository;
import io.github.camellustre.changelog.ack.MemoryAckRepository;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.reader.ChangelogService;
import io.github.camellustre.changelog.reader.MdtStatus;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSources;
import io.github.camellustre.changelog.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * The readings of one Camel context: one for each source, shared by all endpoints that name it. They begin once the whole
 * context has started, so that every consumer is there when the first record comes.
 */
final class LustreReaders {
    private final CamelContext context;
    private final MemoryBudget memory;
    private final Map<String, Reading> readings = new HashMap<>();
    private final Map<String, AckRepository> repositories = new HashMap<>();
    private boolean started;
    private List<MdtStatus> ended = List.of();

    /** @param owned false if the source is a bean of the registry, which closes it */
    private record Reading(ReaderSettings settings, ChangelogSource source, boolean owned, ChangelogService service) {}

    LustreReaders(CamelContext context, MemoryBudget memory) {
        this.context = context;
        this.memory = memory;
    }

    /** The service that reads an endpoint's source. */
    synchronized ChangelogService service(LustreConfiguration configuration) throws ChangelogException {
        ReaderSettings settings = ReaderSettings.of(configuration);
        String name = configuration.getSource() == null ? ChangelogSources.defaultKind() : configuration.getSource();
        Reading reading = readings.get(name);
        if (reading == null) {
            reading = open(name, settings);
            readings.put(name, reading);
        } else {
            reading.settings().mustAgreeWith(settings, name);
        }
        return reading.service();
    }

    /** To be called after an endpoint has subscribed: reads at once if the context runs already. */
    synchronized void subscribed(ChangelogService service) {
        if (started) {
            service.start();
        }
    }

    private Reading open(String name, ReaderSettings settings) throws ChangelogException {
        boolean owned = !name.startsWith("#");
        AckRepository repository = repository(settings);
        ChangelogSource source = owned
                ? SourceSpec.parse(name).create()
                : CamelContextHelper.mandatoryLookup(context, name.substring(1), ChangelogSource.class);
        return new Reading(
                settings,
                source,
                owned,
                new ChangelogService(
                        source, settings.users()::of, settings.ledger(), settings.reader(), repository, memory));
    }

    private AckRepository repository(ReaderSettings settings) throws ChangelogException {
        String key = settings.isMemory() ? "" : settings.stateDirectory();
        AckRepository repository = repositories.get(key);
        if (repository == null) {
            repository = settings.isMemory() ? new MemoryAckRepository() : new FileAckRepository(Path.of(key));
            repositories.put(key, repository);
        }
        return repository;
    }

    synchronized void start() {
        started = true;
        readings.values().forEach(reading -> reading.service().start());
    }

    /** Stops reading; writes and clears what is acknowledged; closes the sources. */
    void stop() throws InterruptedException {
        List<Reading> all;
        synchronized (this) {
            all = new ArrayList<>(readings.values());
            readings.clear();
            started = false;
        }
        try {
            for (Reading reading : all) {
                reading.service().stop();
                if (reading.owned()) {
                    reading.source().close();
                }
            }
        } finally {
            synchronized (this) {
                ended = all.stream()
                        .flatMap(reading -> reading.service().status().stream())
                        .toList();
                repositories.values().forEach(AckRepository::close);
                repositories.clear();
            }
        }
    }

    synchronized boolean isComplete() {
        return !readings.isEmpty()
                && readings.values().stream()
                        .allMatch(reading -> reading.service().isComplete());
    }

    synchronized List<MdtStatus> status() {
        if (readings.isEmpty()) {
            return ended;
        }
        return readings.values().stream()
                .flatMap(reading -> reading.service().status().stream())
                .toList();
    }

    synchronized boolean isAcknowledged(String consumer, String mdt, long index) {
        return readings.values().stream().anyMatch(reading -> reading.service().isAcknowledged(consumer, mdt, index));
    }
}
