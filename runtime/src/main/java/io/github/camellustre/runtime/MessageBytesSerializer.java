// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Bytes as they are. For a serializer of Kafka's own Camel would convert the records of a body first; of one that it does not know it asks
 * nothing.
 */
public final class MessageBytesSerializer extends ByteArraySerializer {}
