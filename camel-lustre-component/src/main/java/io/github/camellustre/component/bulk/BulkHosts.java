// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The servers of one cluster: one is used until it fails, then the next. Thread-safe. */
final class BulkHosts {
    private final List<String> urls;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param urls joined with commas
     * @throws IllegalArgumentException if one is not http://... or https://...
     */
    BulkHosts(String urls) {
        this.urls = Stream.of(urls.split(","))
                .map(String::strip)
                .map(url -> url.replaceFirst("/+$", ""))
                .filter(url -> !url.isEmpty())
                .toList();
        if (this.urls.isEmpty() || !this.urls.stream().allMatch(url -> url.matches("https?://[^/?#@\\s]+[^?#@\\s]*"))) {
            throw new IllegalArgumentException("'" + urls
                    + "' does not name servers: write http://HOST:PORT or https://HOST:PORT, several with commas between,"
                    + " and user and password in settings of their own");
        }
    }

    int count() {
        return urls.size();
    }

    String current() {
        return urls.get(turn.get() % urls.size());
    }

    /** @param failed which did not answer; whoever comes second with it changes nothing */
    void passOver(String failed) {
        int now = turn.get();
        if (urls.get(now % urls.size()).equals(failed)) {
            turn.compareAndSet(now, (now + 1) % urls.size());
        }
    }
}
