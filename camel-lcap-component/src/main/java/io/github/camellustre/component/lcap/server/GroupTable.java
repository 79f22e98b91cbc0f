// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.lcap.wire.GroupName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The groups of an address, also those that only wait until their readers have said goodbye. One thread. */
final class GroupTable {
    private final LcapServer server;
    private final Map<GroupName, ServedGroup> groups = new HashMap<>();
    private final Map<ServedGroup, CompletableFuture<Void>> endings = new HashMap<>();

    GroupTable(LcapServer server) {
        this.server = server;
    }

    /** The group, or null. */
    ServedGroup find(GroupName name) {
        return groups.get(name);
    }

    /**
     * A group with one user more; it begins anew if it was about to end.
     *
     * @throws IllegalArgumentException another endpoint serves it with other settings
     */
    ServedGroup attach(GroupSettings settings) {
        ServedGroup group = groups.get(settings.name());
        if (group != null && endings.containsKey(group)) {
            end(group);
            group = null;
        }
        if (group == null) {
            group = new ServedGroup(server, settings);
            groups.put(settings.name(), group);
        } else if (!group.settings().equals(settings)) {
            throw new IllegalArgumentException(group + " is served by another endpoint with other options ("
                    + group.settings() + "), this one has " + settings
                    + ": give both the same options, or another group");
        }
        group.addUser();
        return group;
    }

    /** Ends a group as soon as its readers have gone. */
    void endLater(ServedGroup group, CompletableFuture<Void> whenOver) {
        endings.put(group, whenOver);
    }

    /** Ends those whose readers have gone. */
    void endDue(long now) {
        if (endings.isEmpty()) {
            return;
        }
        for (ServedGroup group : endings.keySet().toArray(ServedGroup[]::new)) {
            if (group.overAt() <= now) {
                end(group);
            }
        }
    }

    /** When the next one may end, if no reader says anything before; {@link Long#MAX_VALUE} if none is to. */
    long nextEnd() {
        long next = Long.MAX_VALUE;
        for (ServedGroup group : endings.keySet()) {
            next = Math.min(next, group.overAt());
        }
        return next;
    }

    /** Ends all at once; what they hold fails. */
    void endAll() {
        for (ServedGroup group : groups.values().toArray(ServedGroup[]::new)) {
            end(group);
        }
    }

    private void end(ServedGroup group) {
        group.end();
        groups.remove(group.settings().name());
        CompletableFuture<Void> whenOver = endings.remove(group);
        if (whenOver != null) {
            whenOver.complete(null);
        }
    }

    /** Renews the counters that other threads see. */
    void publish() {
        groups.values().forEach(ServedGroup::publish);
    }
}
