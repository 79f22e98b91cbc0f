// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.CamelContext;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/** Tells which idempotent consumers would take a record that was never delivered for a duplicate. */
public final class IdempotentSafety {
    private IdempotentSafety() {}

    /**
     * The reason and the remedy; null if all is well.
     *
     * @param acknowledged name of the repository that knows what is acknowledged
     */
    public static String problem(CamelContext context, IdempotentConsumerDefinition step, String acknowledged) {
        if (!isSet(context, step.getRemoveOnFailure())) {
            return "idempotentConsumer with removeOnFailure=false would take a record that failed for a duplicate when"
                    + " it comes again, and acknowledge it. Remove removeOnFailure";
        }
        IdempotentRepository repository = HeldKeys.repository(context, step, step.getIdempotentRepositoryBean());
        if (isSet(context, step.getEager())
                && !(repository instanceof MemoryIdempotentRepository)
                && repository != context.getRegistry().lookupByName(acknowledged)) {
            return "idempotentConsumer writes a record's key into "
                    + repository.getClass().getName()
                    + " before the record is delivered: after a crash it would take the record for a duplicate, and"
                    + " acknowledge it. Set eager: false, or use idempotentRepository: "
                    + acknowledged;
        }
        return null;
    }

    /** An option that Camel takes for true where it is not given. */
    static boolean isSet(CamelContext context, String option) {
        return option == null || !Boolean.FALSE.equals(CamelContextHelper.parseBoolean(context, option));
    }
}
