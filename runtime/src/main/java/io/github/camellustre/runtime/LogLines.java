// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each line of a body to the log, as an event of its own. Camel's log EIP wants an exchange for each, which costs several times
 * as much as the writing. A bean for routes; any thread.
 */
public final class LogLines {
    private Logger log = LoggerFactory.getLogger(LogLines.class);

    /** @param lines UTF-8 */
    public void write(@Body byte[] lines) {
        new String(lines, StandardCharsets.UTF_8).lines().forEach(log::info);
    }

    public String getLogName() {
        return log.getName();
    }

    /** The logger, at level INFO. */
    public void setLogName(String logName) {
        log = LoggerFactory.getLogger(logName);
    }
}
