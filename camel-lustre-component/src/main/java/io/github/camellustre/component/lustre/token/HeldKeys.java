// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The keys of one {@code idempotentConsumer}: a record's key counts as seen only when the record has been delivered.
 *
 * <p>Camel confirms a key when the exchange is done, which may be long before: at an aggregator, or where a branch fails
 * whose exception is dropped. When the record came again it would be taken for a duplicate, and be acknowledged.
 */
final class HeldKeys extends ServiceSupport implements IdempotentRepository {
    private final CamelContext context;
    private final IdempotentConsumerDefinition definition;
    private final IdempotentRepository bean;
    private final Map<String, Object> parameters;
    private IdempotentRepository keys;
    private boolean eager;

    /** @param parameters of the template that the route was made from, or null */
    HeldKeys(CamelContext context, IdempotentConsumerDefinition definition, Map<String, Object> parameters) {
        this.context = context;
        this.definition = definition;
        this.bean = definition.getIdempotentRepositoryBean();
        this.parameters = parameters;
    }

    @Override
    protected void doInit() {
        TemplateParameters.during(context, parameters, () -> {
            keys = repository(context, definition, bean);
            eager = IdempotentSafety.isSet(context, definition.getEager());
        });
    }

    /** The one that the route's author named. */
    static IdempotentRepository repository(
            CamelContext context, IdempotentConsumerDefinition definition, IdempotentRepository bean) {
        if (bean != null) {
            return bean instanceof HeldKeys held ? repository(context, definition, held.bean) : bean;
        }
        String name = definition.getIdempotentRepository();
        IdempotentRepository found = StrategyReference.find(context, name, IdempotentRepository.class);
        if (found == null) {
            throw new IllegalArgumentException("there is no idempotent repository '"
                    + CamelContextHelper.parseText(context, name) + "' in the registry: declare it under beans");
        }
        return found;
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(keys);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(keys);
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        // If not eager, Camel calls this when the exchange is done, and then confirms.
        return !eager || keys.add(exchange, key);
    }

    @Override
    public boolean contains(Exchange exchange, String key) {
        return keys.contains(exchange, key);
    }

    @Override
    public boolean remove(Exchange exchange, String key) {
        return keys.remove(exchange, key);
    }

    @Override
    public boolean confirm(Exchange exchange, String key) {
        HeldTokens tokens = HeldTokens.of(exchange);
        Outcome outcome = new Outcome(exchange, key);
        if (tokens != null) {
            tokens.forEach(outcome::await);
        }
        outcome.accept(null);
        return true;
    }

    /** What becomes of one key when the last of the records that it stands for is done. */
    private final class Outcome implements Consumer<Throwable> {
        private final Exchange exchange;
        private final String key;
        private final AtomicInteger pending = new AtomicInteger(1);
        private final AtomicBoolean failed = new AtomicBoolean();

        Outcome(Exchange exchange, String key) {
            this.exchange = exchange;
            this.key = key;
        }

        void await(Token token) {
            if (token.retain()) {
                pending.incrementAndGet();
                token.whenDone(this);
                token.release();
            } else if (token.isFailed()) {
                failed.set(true);
            }
        }

        @Override
        public void accept(Throwable failure) {
            if (failure != null) {
                failed.set(true);
            }
            if (pending.decrementAndGet() > 0) {
                return;
            }
            if (!failed.get()) {
                if (!eager) {
                    keys.add(exchange, key);
                }
                keys.confirm(exchange, key);
            } else if (eager) {
                keys.remove(exchange, key);
            }
        }
    }

    @Override
    public boolean add(String key) {
        return keys.add(key);
    }

    @Override
    public boolean contains(String key) {
        return keys.contains(key);
    }

    @Override
    public boolean remove(String key) {
        return keys.remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return keys.confirm(key);
    }

    @Override
    public void clear() {
        keys.clear();
    }
}
