// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Topics are bytes on the wire and UTF-8 text in options and headers. */
final class Topics {
    private Topics() {}

    /** None: all messages, which is the empty topic. */
    static List<String> split(String topics) {
        return topics == null ? List.of("") : Arrays.asList(topics.split(",", -1));
    }

    static byte[] bytes(String topic) {
        return topic.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] topic) {
        return new String(topic, StandardCharsets.UTF_8);
    }
}
