// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import java.time.LocalDate;

/** Time and date columns, UTC: {@code 09:56:24.293550950 2026.11.22}. Remembers the last day. */
final class TimeText {
    private static final int SECONDS_A_DAY = 86_400;

    private final TextBuffer date = new TextBuffer(16);
    private long day = -1;

    void put(TextBuffer out, long seconds, int nanos) {
        long today = seconds / SECONDS_A_DAY;
        int second = (int) (seconds % SECONDS_A_DAY);
        out.padded(second / 3600, 2);
        out.put(':');
        out.padded(second / 60 % 60, 2);
        out.put(':');
        out.padded(second % 60, 2);
        out.put('.');
        out.padded(nanos, 9);
        if (today != day) {
            remember(today);
        }
        out.put(date.bytes(), 0, date.length());
    }

    private void remember(long today) {
        LocalDate local = LocalDate.ofEpochDay(today);
        date.clear();
        date.put(' ');
        date.padded(local.getYear(), 4);
        date.put('.');
        date.padded(local.getMonthValue(), 2);
        date.put('.');
        date.padded(local.getDayOfMonth(), 2);
        day = today;
    }
}
