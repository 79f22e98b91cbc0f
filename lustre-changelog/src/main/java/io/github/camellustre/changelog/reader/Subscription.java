// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ChangelogException;
import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.ConsumerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One consumer on all MDTs that its pattern matches, now and later. */
public final class Subscription {
    /** How long a stop waits for handlers, on all MDTs, that do not return. */
    private static final Duration HANGING_HANDLER = Duration.ofSeconds(5);

    private final ChangelogService service;
    private final MdtPattern pattern;
    private final ConsumerOptions options;
    private final RecordHandler handler;
    private final Map<String, MdtService.Delivery> deliveries = new ConcurrentHashMap<>();
    private volatile boolean suspended;

    Subscription(ChangelogService service, MdtPattern pattern, ConsumerOptions options, RecordHandler handler) {
        this.service = service;
        this.pattern = pattern;
        this.options = options;
        this.handler = handler;
    }

    public String name() {
        return options.name();
    }

    MdtPattern pattern() {
        return pattern;
    }

    boolean isOn(String mdt) {
        return deliveries.containsKey(mdt);
    }

    void join(MdtService mdt) {
        MdtService.Delivery delivery = mdt.join(options, handler);
        deliveries.put(mdt.key().mdt(), delivery);
        if (suspended) {
            delivery.consumer().suspend();
        }
        delivery.start();
    }

    /** Hands nothing over until {@link #resume}. Returns at once: what is outstanding comes back when it does. */
    public void suspend() {
        suspended = true;
        deliveries.values().forEach(delivery -> delivery.consumer().suspend());
    }

    public void resume() {
        suspended = false;
        deliveries.values().forEach(delivery -> delivery.consumer().resume());
    }

    /** Waits until nothing that was handed over is outstanding; false if the time was over first. */
    public boolean awaitSettled(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean settled = true;
        for (MdtService.Delivery delivery : deliveries.values()) {
            settled &= delivery.consumer().awaitSettled(Math.max(0, deadline - System.nanoTime()));
        }
        return settled;
    }

    /** Records handed over and not back yet, on all MDTs. */
    public long outstanding() {
        return status().stream().mapToLong(ConsumerStatus::outstanding).sum();
    }

    public List<ConsumerStatus> status() {
        return deliveries.values().stream()
                .map(delivery -> delivery.consumer().status())
                .toList();
    }

    /** The MDTs that it is served from, by name. */
    public List<String> mdts() {
        return deliveries.keySet().stream().sorted().toList();
    }

    /** Leaves all MDTs. Tokens that are out are revoked; its positions are kept and hold the clear. */
    public void stop() throws ChangelogException, InterruptedException {
        service.leave(this);
        stopDeliveries();
    }

    void stopDeliveries() throws InterruptedException {
        long deadline = System.nanoTime() + HANGING_HANDLER.toNanos();
        deliveries.values().forEach(MdtService.Delivery::signalStop);
        for (MdtService.Delivery delivery : deliveries.values()) {
            delivery.stop(deadline);
        }
        deliveries.clear();
    }
}
