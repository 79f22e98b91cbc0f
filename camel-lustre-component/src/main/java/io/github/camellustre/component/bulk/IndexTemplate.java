// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** The mapping and settings that new indexes get, as {@code PUT _index_template} takes them. */
final class IndexTemplate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private IndexTemplate() {}

    /**
     * The template for these indexes.
     *
     * @param resource the template without index patterns, as {@code file:PATH} or {@code classpath:PATH}
     * @param index the data stream, or the prefix of the indexes of days
     * @throws IOException if there is no such file, or it is no template
     */
    static byte[] read(CamelContext context, String resource, String index, boolean dataStream) throws IOException {
        ObjectNode template;
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
            JsonNode read = JSON.readTree(in);
            if (!read.path("template").isObject()) {
                throw new IOException(resource + " is no index template: it has no object 'template'");
            }
            template = (ObjectNode) read;
        }
        template.putArray("index_patterns").add(dataStream ? index : index + "-*");
        if (dataStream) {
            template.putObject("data_stream");
            template.withObject("/template/mappings/properties/@timestamp").put("type", "date_nanos");
        }
        return JSON.writeValueAsBytes(template);
    }
}
