// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;
import java.util.List;

/** The paths of a batch's records. */
final class BatchPaths implements BatchNote {
    private final List<RecordPaths> paths;

    BatchPaths(List<RecordPaths> paths) {
        this.paths = List.copyOf(paths);
    }

    RecordPaths get(int position) {
        return paths.get(position);
    }

    @Override
    public BatchPaths at(int[] positions) {
        return new BatchPaths(Arrays.stream(positions).mapToObj(paths::get).toList());
    }
}
