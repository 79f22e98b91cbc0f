// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import java.util.List;
import java.util.Set;

/**
 * Why one item of a bulk request, or the whole request, was not taken.
 *
 * @param position of the item in its request
 * @param status as of HTTP
 * @param type name of the server's exception; empty if it told none
 * @param reason its message
 */
record BulkError(int position, int status, String type, String reason) {
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    /** What a document is refused with that does not fit the mapping. */
    private static final Set<String> MISFITS =
            Set.of("mapper_parsing_exception", "document_parsing_exception", "strict_dynamic_mapping_exception");

    /** A type for much; these reasons of it lie in a document: one word of it, its id, or a field that is new is too much. */
    private static final String ARGUMENT = "illegal_argument_exception";

    private static final List<String> OF_THE_DOCUMENT = List.of("immense term", "id is too long", "mapper [");

    /** The document is there already, which only creating it minds. */
    boolean isThereAlready() {
        return status == CONFLICT && type.equals("version_conflict_engine_exception");
    }

    /**
     * It would be refused for ever, while others are taken. Only what is known for that: 400 is also answered where an index
     * is closed, a pipeline or the last shard is missing, an index is a data stream; then all records would be refused.
     */
    boolean blamesTheRecord() {
        return status == BAD_REQUEST
                && (MISFITS.contains(type)
                        || type.equals(ARGUMENT) && OF_THE_DOCUMENT.stream().anyMatch(reason::contains));
    }

    @Override
    public String toString() {
        return status + (type.isEmpty() ? "" : " " + type) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
