// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/** A {@link LedgerState} as bytes: one JSON object whose last field is the CRC-32C of what stands before it. */
final class LedgerDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "camel-lustre ledger";
    private static final int VERSION = 1;
    static final String CHECKSUM_FIELD = ",\"checksum\":\"";

    private LedgerDocument() {}

    static byte[] write(LedgerState state) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.put("fileSystem", state.key().fileSystem());
        root.put("mdt", state.key().mdt()).put("user", state.key().user());
        root.put("source", state.identity());
        root.put("clearFloor", state.clearFloor()).put("cleared", state.cleared());
        if (state.last() != null) {
            root.putObject("last")
                    .put("index", state.last().index())
                    .put("time", state.last().time())
                    .put("fid", state.last().fid());
        }
        ObjectNode consumers = root.putObject("consumers");
        state.consumers().forEach((name, consumer) -> {
            ArrayNode ranges = consumers
                    .putObject(name)
                    .put("position", consumer.position())
                    .putArray("ranges");
            for (long bound : consumer.ranges()) {
                ranges.add(bound);
            }
        });
        String text = root.toString();
        String body = text.substring(0, text.length() - 1);
        return sealed(body);
    }

    /** @param body the object up to its last field, without the brace that closes it */
    static byte[] sealed(String body) {
        return (body + CHECKSUM_FIELD + checksum(body) + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IOException with the reason why the bytes cannot be trusted */
    static LedgerState read(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf(CHECKSUM_FIELD);
        if (end < 0) {
            throw new IOException("truncated, or not a ledger: it has no checksum");
        }
        String body = text.substring(0, end);
        if (!Arrays.equals(bytes, sealed(body))) {
            throw new IOException("its checksum does not match its content");
        }
        JsonNode root;
        try {
            root = JSON.readTree(body + "}");
        } catch (JsonProcessingException e) {
            throw new IOException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (!FORMAT.equals(root.path("format").asText())) {
            throw new IOException("not a ledger");
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IOException("version " + root.path("version") + ", this program reads version " + VERSION);
        }
        LedgerKey key = new LedgerKey(text(root, "mdt"), text(root, "user"));
        SortedMap<String, LedgerState.ConsumerState> consumers = new TreeMap<>();
        for (var consumer : required(root, "consumers", JsonNode::isObject).properties()) {
            consumers.put(consumer.getKey(), consumer(consumer.getValue()));
        }
        JsonNode last = root.get("last");
        return new LedgerState(
                key,
                text(root, "source"),
                consumers,
                number(root, "clearFloor"),
                number(root, "cleared"),
                last == null
                        ? null
                        : new LedgerState.LastRecord(number(last, "index"), number(last, "time"), text(last, "fid")));
    }

    private static LedgerState.ConsumerState consumer(JsonNode node) throws IOException {
        JsonNode list = required(node, "ranges", JsonNode::isArray);
        if (list.size() % 2 != 0) {
            throw new IOException("a range without an end");
        }
        long[] ranges = new long[list.size()];
        for (int i = 0; i < ranges.length; i++) {
            if (!isNumber(list.get(i)) || i % 2 == 1 && list.get(i).asLong() < ranges[i - 1]) {
                throw new IOException("no ranges: " + list);
            }
            ranges[i] = list.get(i).asLong();
        }
        return new LedgerState.ConsumerState(number(node, "position"), ranges);
    }

    private static long number(JsonNode node, String field) throws IOException {
        return required(node, field, LedgerDocument::isNumber).asLong();
    }

    private static boolean isNumber(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static String text(JsonNode node, String field) throws IOException {
        return required(node, field, JsonNode::isTextual).asText();
    }

    private static JsonNode required(JsonNode node, String field, Predicate<JsonNode> kind) throws IOException {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new IOException("no field '" + field + "'");
        }
        if (!kind.test(value)) {
            throw new IOException("field '" + field + "' is no such value: " + value);
        }
        return value;
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
