// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what a server answers, as a stream: of a bulk request its items, of a request that failed its error. */
final class BulkAnswer {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int OK = 299;

    private BulkAnswer() {}

    /**
     * The items that were not taken; empty if all were.
     *
     * @param answer may be null
     * @param sent how many items the request had
     * @throws IOException if this is no answer to a bulk request, or tells of another number of items
     */
    static List<BulkError> errors(InputStream answer, int sent) throws IOException {
        if (answer == null) {
            throw new IOException("no text");
        }
        try (JsonParser json = JSON.createParser(answer)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            Boolean errors = null;
            List<BulkError> items = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("errors") && value.isBoolean()) {
                    errors = json.getBooleanValue();
                    if (!errors) {
                        return List.of();
                    }
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    items = items(json, sent);
                } else {
                    json.skipChildren();
                }
            }
            if (errors == null || items == null) {
                throw new IOException("it has no 'errors' or no 'items'");
            }
            return items;
        }
    }

    private static List<BulkError> items(JsonParser json, int sent) throws IOException {
        List<BulkError> errors = new ArrayList<>();
        int position = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            json.nextToken();
            json.nextToken();
            BulkError item = item(json, position);
            if (item.status() > OK) {
                errors.add(item);
            }
            json.nextToken();
            position++;
        }
        if (position != sent) {
            throw new IOException("it has " + position + " items for " + sent);
        }
        return errors;
    }

    /** Of {@code {"status":400,"error":{...}}}, where the parser is at the brace. */
    private static BulkError item(JsonParser json, int position) throws IOException {
        int status = 0;
        Cause cause = Cause.NONE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("status") && value.isNumeric()) {
                status = json.getIntValue();
            } else if (field.equals("error")) {
                cause = cause(json);
            } else {
                json.skipChildren();
            }
        }
        if (status == 0) {
            throw new IOException("item " + position + " has no status");
        }
        return new BulkError(position, status, cause.type(), cause.reason());
    }

    /** The error of a whole request, as far as the answer tells one. */
    static BulkError error(int status, InputStream answer) {
        Cause cause = Cause.NONE;
        if (answer != null) {
            try (JsonParser json = JSON.createParser(answer)) {
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String field = json.currentName();
                        json.nextToken();
                        if (field.equals("error")) {
                            cause = cause(json);
                        } else {
                            json.skipChildren();
                        }
                    }
                }
            } catch (IOException e) {
                // a proxy's page: the status is all that counts
                cause = Cause.NONE;
            }
        }
        return new BulkError(0, status, cause.type(), cause.reason());
    }

    private record Cause(String type, String reason) {
        private static final Cause NONE = new Cause("", "");
    }

    /** With the innermost cause behind the reason: that one names the value that does not fit. */
    private static Cause cause(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return new Cause("", firstLine(json.getValueAsString("")));
        }
        String type = "";
        String reason = "";
        String inner = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "type" -> type = json.getValueAsString("");
                case "reason" -> reason = firstLine(json.getValueAsString(""));
                case "caused_by" -> inner = cause(json).reason();
                default -> json.skipChildren();
            }
        }
        return new Cause(type, inner.isEmpty() || reason.contains(inner) ? reason : reason + " (" + inner + ")");
    }

    /** Behind it servers quote the request in which the record came, with its header Authorization. */
    private static String firstLine(String reason) {
        return reason.lines().findFirst().orElse("");
    }
}
