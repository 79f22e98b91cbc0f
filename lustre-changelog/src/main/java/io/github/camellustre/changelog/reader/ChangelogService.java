// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ChangelogException;
import io.github.camellustre.changelog.ack.AckRepository;
import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the MDTs of one source for any number of consumers: each MDT once, whoever wants it. Consumers subscribe first,
 * then {@link #start} begins to read; later subscriptions join while running.
 *
 * <p>Owns its threads. The source and the repository belong to the caller, who closes them after {@link #stop}.
 */
public final class ChangelogService {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogService.class);

    private final ChangelogSource source;
    private final Function<String, String> users;
    private final LedgerOptions ledgerOptions;
    private final ReaderOptions options;
    private final AckRepository repository;
    private final MemoryBudget memory;
    private final ExecutorService clears = Executors.newCachedThreadPool(ChangelogService::clearThread);
    private final ScheduledExecutorService discovery =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "lustre-discovery"));

    private final Map<String, MdtService> mdts = new TreeMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean started;
    /** Said once, not at each look: a file system may stay unmounted for long. */
    private String discoveryProblem = "";

    /** @param users the changelog user to clear for, by MDT; empty to clear nothing */
    public ChangelogService(
            ChangelogSource source,
            Function<String, String> users,
            LedgerOptions ledgerOptions,
            ReaderOptions options,
            AckRepository repository,
            MemoryBudget memory) {
        this.source = source;
        this.users = users;
        this.ledgerOptions = ledgerOptions;
        this.options = options;
        this.repository = repository;
        this.memory = memory;
    }

    /**
     * Adds a consumer.
     *
     * @throws ChangelogException an MDT that is named in full does not exist, or its positions cannot be used
     */
    public synchronized Subscription subscribe(MdtPattern pattern, ConsumerOptions consumer, RecordHandler handler)
            throws ChangelogException {
        List<String> offered = source.mdts();
        for (String name : pattern.names()) {
            if (!offered.contains(name)) {
                throw SourceException.fatal(name + ": there is no such MDT; the source offers " + offered, null);
            }
        }
        for (Subscription other : subscriptions) {
            if (other.name().equals(consumer.name())
                    && offered.stream().anyMatch(mdt -> other.pattern().matches(mdt) && pattern.matches(mdt))) {
                throw new ChangelogException("there are two consumers named '" + consumer.name()
                        + "' on the same MDT: give each endpoint its own name with the option consumer=NAME");
            }
        }
        Subscription subscription = new Subscription(this, pattern, consumer, handler);
        subscriptions.add(subscription);
        try {
            for (String mdt : offered) {
                join(subscription, mdt);
            }
        } catch (ChangelogException | RuntimeException e) {
            abandon(subscription);
            throw e;
        }
        startAll();
        return subscription;
    }

    private void join(Subscription subscription, String mdt) throws ChangelogException {
        if (subscription.pattern().matches(mdt) && !subscription.isOn(mdt)) {
            MdtService service = mdts.get(mdt);
            if (service == null) {
                service = new MdtService(
                        source,
                        new LedgerKey(mdt, users.apply(mdt)),
                        ledgerOptions,
                        options,
                        repository,
                        memory,
                        clears);
                mdts.put(mdt, service);
            }
            subscription.join(service);
        }
    }

    /** What it joined already must neither be delivered nor hold the clear in the name of nobody. */
    private void abandon(Subscription subscription) {
        subscriptions.remove(subscription);
        try {
            subscription.stopDeliveries();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only when all consumers have joined: which stored ones are absent is settled then. */
    private void startAll() {
        if (started) {
            mdts.values().forEach(MdtService::start);
        }
    }

    /** A clear may hang for as long as an MDT recovers: it must not keep the process. */
    private static Thread clearThread(Runnable work) {
        Thread thread = new Thread(work, "lustre-clear");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to read, and to look for MDTs that are new. */
    public synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        startAll();
        long every = options.discovery().toMillis();
        discovery.scheduleWithFixedDelay(this::discover, every, every, TimeUnit.MILLISECONDS);
    }

    private synchronized void discover() {
        if (!started) {
            return;
        }
        try {
            for (String mdt : source.mdts()) {
                discovered(mdt);
            }
            discoveryProblem = "";
        } catch (ChangelogException | RuntimeException e) {
            if (!e.toString().equals(discoveryProblem)) {
                LOG.warn("cannot look for new MDTs: {}", e.toString());
            }
            discoveryProblem = e.toString();
        }
        startAll();
    }

    private void discovered(String mdt) {
        for (Subscription subscription : subscriptions) {
            try {
                join(subscription, mdt);
            } catch (ChangelogException | RuntimeException e) {
                LOG.warn(
                        "{}: consumer '{}' cannot be served from this MDT: {}", mdt, subscription.name(), e.toString());
            }
        }
    }

    synchronized void leave(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /**
     * Ends reading; writes and clears what is acknowledged. Settle the subscriptions first; those that are left are stopped.
     * However many MDTs do not answer, it returns soon after the options' stop time-out, and after five seconds more if a
     * handler hangs.
     */
    public void stop() throws InterruptedException {
        List<MdtService> all;
        List<Subscription> left;
        synchronized (this) {
            discovery.shutdownNow();
            all = new ArrayList<>(mdts.values());
            left = new ArrayList<>(subscriptions);
            subscriptions.clear();
            started = false;
        }
        try {
            all.forEach(MdtService::signalStop);
            for (Subscription subscription : left) {
                subscription.stopDeliveries();
            }
            long deadline = System.nanoTime() + options.stopTimeout().toNanos();
            all.forEach(mdt -> mdt.finish(deadline));
            for (MdtService mdt : all) {
                mdt.stop(deadline);
            }
        } finally {
            clears.shutdown();
        }
    }

    /** True once every MDT's source is finished and all of it is delivered, acknowledged and cleared. */
    public synchronized boolean isComplete() {
        return started && !mdts.isEmpty() && mdts.values().stream().allMatch(MdtService::isComplete);
    }

    /** All MDTs, sorted by name; after the stop, how they ended. */
    public synchronized List<MdtStatus> status() {
        return mdts.values().stream()
                .map(MdtService::status)
                .sorted(Comparator.comparing(MdtStatus::mdt))
                .toList();
    }

    /** Whether that consumer has acknowledged that record. */
    public synchronized boolean isAcknowledged(String consumer, String mdt, long index) {
        MdtService service = mdts.get(mdt);
        return service != null && service.ledger().isAcknowledged(consumer, index);
    }
}
