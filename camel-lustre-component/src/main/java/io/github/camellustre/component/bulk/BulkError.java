// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

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

    /** Answered with 400 as well, though it is the cluster or the settings that are to blame: no shard is left, for instance. */
    private static final Set<String> NOT_THE_RECORD =
            Set.of("validation_exception", "action_request_validation_exception", "invalid_index_name_exception");

    /** The document is there already, which only creating it minds. */
    boolean isThereAlready() {
        return status == CONFLICT && type.equals("version_conflict_engine_exception");
    }

    /** It would be refused for ever, while others are taken. */
    boolean blamesTheRecord() {
        return status == BAD_REQUEST && !NOT_THE_RECORD.contains(type);
    }

    @Override
    public String toString() {
        return status + (type.isEmpty() ? "" : " " + type) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
