// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;

/**
 * Stands behind a circuit breaker, which lets an exchange go on as a success though it did not run its steps, because it
 * is open, or though they failed with an exception that it does not count. Then the exchange fails here.
 */
final class CircuitBreakerOutcome implements Processor {
    private static final String PASSED = "CamelLustreCircuitBreakerPassed";

    /** The last of the circuit breaker's own steps: they all have succeeded. */
    static final class Passed implements Processor {
        @Override
        public void process(Exchange exchange) {
            if (HeldTokens.of(exchange) != null) {
                exchange.setProperty(PASSED, true);
            }
        }
    }

    @Override
    public void process(Exchange exchange) throws CamelExchangeException {
        boolean passed = exchange.removeProperty(PASSED) != null;
        boolean fallback =
                exchange.getProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_FROM_FALLBACK, false, Boolean.class);
        if (!passed && !fallback && HeldTokens.of(exchange) != null) {
            throw new CamelExchangeException(
                    "the circuit breaker is " + exchange.getProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_STATE)
                            + " or ignores what its steps threw, and has no onFallback",
                    exchange);
        }
    }
}
