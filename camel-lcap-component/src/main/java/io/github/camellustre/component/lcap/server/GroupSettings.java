// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.component.lcap.group.SharingOptions;
import io.github.camellustre.lcap.wire.GroupName;
import java.time.Duration;

/**
 * How one group is served. Endpoints that serve the same group have equal settings.
 *
 * @param mdts pattern of the MDTs that readers may ask for though no record of them has come
 * @param broadcast every reader gets everything, and nothing waits for them
 * @param sharing how readers share the records, if not
 * @param linger how long a stop goes on answering readers that say nothing
 */
public record GroupSettings(GroupName name, String mdts, boolean broadcast, SharingOptions sharing, Duration linger) {}
