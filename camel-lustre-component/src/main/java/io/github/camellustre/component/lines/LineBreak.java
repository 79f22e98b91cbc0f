// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/**
 * For lines that Camel's {@code file:} appends: begins them with a newline where the file ends within a line, which a full disk
 * or a power failure left. Else the first of them would be lost in it. Looks at each exchange, so that it holds after a
 * failure while running, too.
 */
public final class LineBreak implements Processor {
    private Path file;

    @Override
    public void process(Exchange exchange) throws IOException, InvalidPayloadException {
        if (endsWithinALine()) {
            byte[] lines = exchange.getMessage().getMandatoryBody(byte[].class);
            byte[] behind = new byte[lines.length + 1];
            behind[0] = '\n';
            System.arraycopy(lines, 0, behind, 1, lines.length);
            exchange.getMessage().setBody(behind);
        }
    }

    private boolean endsWithinALine() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] last = FileContent.read(channel, Math.max(0, channel.size() - 1), 1);
            return last.length == 1 && last[0] != '\n';
        }
    }

    public String getFile() {
        return file.toString();
    }

    /** The file that the lines go to. */
    public void setFile(String file) {
        this.file = Path.of(file);
    }
}
