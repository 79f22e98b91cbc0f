// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import org.apache.camel.spi.Metadata;

/** Headers of messages from and to {@code zeromq:} endpoints. */
public final class ZeroMqConstants {
    @Metadata(
            label = "common",
            description =
                    "Topic, the first of several frames. PUB: sent as the first frame, in place of the option topic. SUB: the"
                            + " first frame as UTF-8 text, where the message has more than one.",
            javaType = "String")
    public static final String TOPIC = "CamelZeroMqTopic";

    @Metadata(
            label = "consumer",
            description = "ROUTER: identity of the peer that sent the message.",
            javaType = "byte[]")
    public static final String IDENTITY = "CamelZeroMqIdentity";

    private ZeroMqConstants() {}
}
