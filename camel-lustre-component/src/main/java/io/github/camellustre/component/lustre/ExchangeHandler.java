// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ack.AckMode;
import io.github.camellustre.changelog.ack.OnExhausted;
import io.github.camellustre.changelog.ack.Token;
import io.github.camellustre.changelog.reader.RecordHandler;
import io.github.camellustre.component.lustre.token.OpenGroups;
import io.github.camellustre.component.lustre.token.TokenDelivery;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an exchange of each record or batch and sends it into the route; the exchange's end is the token's release. */
final class ExchangeHandler implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);

    private final LustreConsumer consumer;
    private final boolean manual;
    private final String deadLetter;
    private ProducerTemplate deadLetters;

    ExchangeHandler(LustreConsumer consumer, LustreConfiguration configuration) {
        this.consumer = consumer;
        this.manual = configuration.getAck() == AckMode.MANUAL;
        this.deadLetter = configuration.getDeadLetter();
        if (deadLetter == null && configuration.getOnExhausted() == OnExhausted.DEAD_LETTER) {
            throw new IllegalArgumentException(
                    "onExhausted=deadLetter needs deadLetter=URI, the endpoint that takes what is exhausted");
        }
    }

    @Override
    public void onRecord(ChangelogRecord record, Token token) {
        Exchange exchange = consumer.createExchange(false);
        exchange.setIn(new RecordMessage(exchange.getContext(), record));
        send(exchange, token);
    }

    @Override
    public void onBatch(ChangelogBatch batch, Token token) {
        Exchange exchange = consumer.createExchange(false);
        describe(batch, exchange);
        send(exchange, token);
    }

    private static void describe(ChangelogBatch batch, Exchange exchange) {
        exchange.getIn().setBody(batch);
        BatchHeaders.set(batch, exchange.getIn());
    }

    private void send(Exchange exchange, Token token) {
        if (manual) {
            exchange.getIn().setHeader(LustreConstants.ACKNOWLEDGEMENT, new TokenAcknowledgement(token));
        }
        TokenDelivery.send(token, exchange, consumer.getAsyncProcessor());
    }

    private record TokenAcknowledgement(Token token) implements LustreAcknowledgement {
        @Override
        public void acknowledge() {
            token.acknowledge();
        }

        @Override
        public void acknowledgeUpTo(long index) {
            token.acknowledgeUpTo(index);
        }
    }

    @Override
    public void onExhausted(ChangelogBatch batch, Token token, Throwable cause) {
        LOG.error(
                "Record {} of {} failed too often and goes to {}: {}",
                token.firstIndex(),
                token.mdt(),
                deadLetter,
                cause.toString());
        deadLetters().request(deadLetter, exchange -> {
            describe(batch, exchange);
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, cause);
            exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, consumer.getRouteId());
            if (manual) {
                exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onComplete(Exchange taken) {
                        token.acknowledge();
                    }
                });
            }
            TokenDelivery.attach(token, exchange);
        });
    }

    private synchronized ProducerTemplate deadLetters() {
        if (deadLetters == null) {
            deadLetters = consumer.getEndpoint().getCamelContext().createProducerTemplate();
        }
        return deadLetters;
    }

    @Override
    public void onOnlyGroupsHold() {
        OpenGroups.of(consumer.getEndpoint().getCamelContext()).completeAll(consumer.name());
    }
}
