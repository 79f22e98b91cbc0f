// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.http.base.HttpOperationFailedException;

/** For how long a web service that is busy asks to be left alone: its header {@code Retry-After}, up to a bound. A bean for routes. */
public final class RetryAfter {
    private final Clock clock;
    private long bound = Duration.ofMinutes(5).toMillis();

    public RetryAfter() {
        this(Clock.systemUTC());
    }

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds; 0 if the answer that was caught asks for nothing, or for nothing that is understood. */
    public long millis(Exchange exchange) {
        HttpOperationFailedException answer =
                exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, HttpOperationFailedException.class);
        if (answer == null || answer.getResponseHeaders() == null) {
            return 0;
        }
        return answer.getResponseHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                .map(Map.Entry::getValue)
                .mapToLong(this::millis)
                .findFirst()
                .orElse(0);
    }

    /** @param value seconds, or a date of HTTP */
    long millis(String value) {
        return Math.max(0, Math.min(bound, asked(value.strip())));
    }

    private long asked(String value) {
        if (value.matches("\\d+")) {
            // What does not fit into a number of milliseconds is beyond any bound.
            return value.length() > 9
                    ? Long.MAX_VALUE
                    : Duration.ofSeconds(Long.parseLong(value)).toMillis();
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(clock.instant(), until).toMillis();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    public long getBound() {
        return bound;
    }

    /** Longest wait, in milliseconds. */
    public void setBound(long bound) {
        this.bound = bound;
    }
}
