// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as Elasticsearch 7.10 and OpenSearch 2.19 answered. */
class BulkAnswerTest {
    private static final String MISFIT = """
            {"took":3,"errors":true,"items":[{"index":{"_id":"a","status":201,"_shards":{"total":2}}},
            {"index":{"_index":"odd","_id":"b","status":400,"error":{"type":"mapper_parsing_exception",
            "reason":"failed to parse field [uid] of type [byte] in document with id 'b'. Preview of field's value: '1001'",
            "caused_by":{"type":"illegal_argument_exception","reason":"Value [1001] is out of range for a byte"}}}},
            {"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"[c]: document already exists"}}}]}
            """;

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itemsThatWereNotTakenAreToldWithTheirPlace() throws IOException {
        assertThat(BulkAnswer.errors(stream(MISFIT), 3))
                .extracting(BulkError::position)
                .containsExactly(1, 2);
        BulkError misfit = BulkAnswer.errors(stream(MISFIT), 3).get(0);
        assertThat(misfit.blamesTheRecord()).isTrue();
        assertThat(misfit)
                .hasToString(
                        "400 mapper_parsing_exception: failed to parse field [uid] of type [byte] in document with id 'b'."
                                + " Preview of field's value: '1001' (Value [1001] is out of range for a byte)");
        BulkError conflict = BulkAnswer.errors(stream(MISFIT), 3).get(1);
        assertThat(conflict.blamesTheRecord()).isFalse();
        assertThat(conflict.isThereAlready()).isTrue();
    }

    @Test
    void theRequestThatAServerQuotesIsNotTold() throws IOException {
        String quote =
                "\\n at [Source: (byte[])\\\"POST /_bulk HTTP/1.1\\r\\nAuthorization: Basic bHVzdHJlOnNlc2FtZQ==";
        String answer = "{\"errors\":true,\"items\":[{\"index\":{\"status\":400,\"error\":"
                + "{\"type\":\"mapper_parsing_exception\",\"reason\":\"failed to parse field [uid]\","
                + "\"caused_by\":{\"reason\":\"Numeric value out of range of int" + quote + "\"}}}}]}";
        assertThat(BulkAnswer.errors(stream(answer), 1).get(0))
                .hasToString(
                        "400 mapper_parsing_exception: failed to parse field [uid] (Numeric value out of range of int)");
    }

    @Test
    void withoutErrorsNoItemIsRead() throws IOException {
        assertThat(BulkAnswer.errors(stream("{\"took\":3,\"errors\":false,\"items\":["), 3))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "<html>",
                "{\"errors\":true}",
                "{\"errors\":true,\"items\":[]}",
                "{\"errors\":true,\"items\":[{\"index\":{\"status\":201}}]}",
                "{\"errors\":true,\"items\":[{\"index\":{\"status\":201}},{\"index\":{}}]}",
                "{\"errors\":true,\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"status\":400"
            })
    void whatIsNoAnswerToTheRequestIsAnError(String answer) {
        assertThatThrownBy(() -> BulkAnswer.errors(stream(answer), 2)).isInstanceOf(IOException.class);
    }

    @Test
    void noAnswerAtAllIsAnError() {
        assertThatThrownBy(() -> BulkAnswer.errors(null, 1)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, mapper_parsing_exception, failed to parse field [uid], true",
        "400, document_parsing_exception, failed to parse field [uid], true",
        "400, strict_dynamic_mapping_exception, dynamic introduction of [x], true",
        "400, illegal_argument_exception, Document contains at least one immense term in field=\"name\", true",
        "400, illegal_argument_exception, id is too long; must be no longer than 512 bytes but was: 600, true",
        "400, illegal_argument_exception, mapper [x] cannot be changed from type [long] to [text], true",
        "400, illegal_argument_exception, only write ops with an op_type of create are allowed in data streams, false",
        "400, illegal_argument_exception, no write index is defined for alias [lustre], false",
        "400, illegal_argument_exception, pipeline with id [x] does not exist, false",
        "400, index_closed_exception, closed, false",
        "400, validation_exception, this action would add [2] total shards, false",
        "400, invalid_index_name_exception, must be lowercase, false",
        "400, '', '', false",
        "403, cluster_block_exception, blocked, false",
        "404, index_not_found_exception, no such index, false",
        "429, es_rejected_execution_exception, rejected, false",
        "503, unavailable_shards_exception, primary shard is not active, false"
    })
    void onlyWhatLiesInTheRecordIsBlamedOnIt(int status, String type, String reason, boolean blamed) {
        assertThat(new BulkError(0, status, type, reason).blamesTheRecord()).isEqualTo(blamed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"root_cause\":[{}],\"type\":\"security_exception\",\"reason\":\"no\"},\"status\":401}|401 security_exception: no",
                "{\"error\":\"no\",\"status\":401}|401: no",
                "<html>no</html>|401",
                "{\"error\":{\"type\":|401",
                "''|401"
            })
    void theErrorOfAWholeRequestIsAsMuchAsItTells(String answer, String expected) {
        assertThat(BulkAnswer.error(401, stream(answer))).hasToString(expected);
    }
}
