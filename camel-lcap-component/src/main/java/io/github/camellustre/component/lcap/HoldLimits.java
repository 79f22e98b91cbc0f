// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import io.github.camellustre.component.lcap.group.HoldLimit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/** Reads the option {@code holdLimit}: digits alone are records, with a unit behind them they are a time. */
final class HoldLimits {
    private static final Pattern RECORDS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(ms|s|m|h|d))+");
    private static final long NANOS_OF_MILLI = 1_000_000;

    private HoldLimits() {}

    static HoldLimit parse(String text) {
        if (text == null) {
            return HoldLimit.NONE;
        }
        Matcher records = RECORDS.matcher(text);
        if (records.matches()) {
            return HoldLimit.ofRecords(Long.parseLong(text));
        }
        if (!TIME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "holdLimit=" + text + " is neither a time, as 30m, nor a number of records, as 1000000");
        }
        return HoldLimit.ofNanos(Math.multiplyExact(TimeUtils.toMilliSeconds(text), NANOS_OF_MILLI));
    }
}
