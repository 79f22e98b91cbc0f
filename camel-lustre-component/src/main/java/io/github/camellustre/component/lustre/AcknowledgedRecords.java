// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The acknowledged records as Camel's idempotent repository, to be looked at: it contains {@code consumer/fs-MDT0000/12345}
 * once that consumer has acknowledged that record. Read-only: only delivery acknowledges, so adding, confirming, removing
 * and clearing change nothing.
 */
public final class AcknowledgedRecords extends ServiceSupport implements IdempotentRepository {
    private final LustreComponent component;

    AcknowledgedRecords(LustreComponent component) {
        this.component = component;
    }

    @Override
    public boolean contains(String key) {
        int lastSlash = key.lastIndexOf('/');
        int firstSlash = key.lastIndexOf('/', lastSlash - 1);
        if (firstSlash < 1) {
            return false;
        }
        long index;
        try {
            index = Long.parseLong(key.substring(lastSlash + 1));
        } catch (NumberFormatException e) {
            return false;
        }
        return component.isAcknowledged(key.substring(0, firstSlash), key.substring(firstSlash + 1, lastSlash), index);
    }

    /** True if the record is not acknowledged yet, as a repository answers for a key that is new; adds nothing. */
    @Override
    public boolean add(String key) {
        return !contains(key);
    }

    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public boolean confirm(String key) {
        return contains(key);
    }

    @Override
    public void clear() {
        // read-only
    }
}
