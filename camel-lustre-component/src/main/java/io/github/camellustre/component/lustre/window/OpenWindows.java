// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.window;

import java.util.LinkedHashMap;
import java.util.Map;

/** The open windows of one aggregator, the oldest first, and what they keep in all. For any thread. */
final class OpenWindows {
    /** What each kept when it was looked at last. */
    private final Map<OpenWindow, Held> windows = new LinkedHashMap<>();

    private long records;
    private long bytes;

    private record Held(int records, long bytes) {}

    /** It was opened, or grew. */
    synchronized void grew(OpenWindow window) {
        Held held = new Held(window.records(), window.bytes());
        records += held.records();
        bytes += held.bytes();
        forget(windows.put(window, held));
    }

    synchronized void remove(OpenWindow window) {
        forget(windows.remove(window));
    }

    private void forget(Held held) {
        if (held != null) {
            records -= held.records();
            bytes -= held.bytes();
        }
    }

    /** Null if none is open. */
    synchronized OpenWindow oldest() {
        return windows.isEmpty() ? null : windows.keySet().iterator().next();
    }

    synchronized int count() {
        return windows.size();
    }

    synchronized long records() {
        return records;
    }

    synchronized long bytes() {
        return bytes;
    }
}
