// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogRecord;

/**
 * A record that Kafka would refuse for ever. The route asks for both.
 *
 * @param reason what Kafka's client says
 */
public record KafkaRefusal(ChangelogRecord record, String reason) {}
