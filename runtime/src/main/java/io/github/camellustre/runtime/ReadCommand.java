// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.component.lustre.format.RecordForm;
import io.github.camellustre.lcap.LcapException;
import io.github.camellustre.lcap.LcapReader;
import io.github.camellustre.lcap.LcapReaderBuilder;
import io.github.camellustre.lcap.wire.Start;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./camel-lustre read}. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = "Prints what a reader gets, and acknowledges what is printed.",
        sortOptions = false)
final class ReadCommand implements Callable<Integer> {
    private static final Map<String, RecordForm> FORMS =
            Map.of("text", RecordForm.text, "json", RecordForm.lines, "raw", RecordForm.raw);

    @Option(
            names = "--mdt",
            paramLabel = "NAME",
            split = ",",
            required = true,
            description = "MDT to read; repeatable, or several joined with commas.")
    private List<String> mdts = new ArrayList<>();

    @Option(
            names = "--server",
            paramLabel = "URI",
            description = "Server of readers: tcp://HOST[:PORT]. Variable LCAP_SERVER; default: tcp://localhost:8189.")
    private String server;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Group whose readers share the records. Default: default.")
    private String group;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Which records are wanted, such as type=CREAT,UNLNK; all others count as acknowledged.")
    private String filter;

    @Option(names = "--batch", paramLabel = "N", description = "Most records of one batch.")
    private Integer batch;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            description = "How long a batch stays this reader's after it has died: 1s to 60m. Default: 30s.")
    private String lease;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text as lfs changelog prints it, json with one object a line, or raw. Default: text.")
    private String form;

    @Option(names = "--follow", description = "Waits for more records at the end, until it is stopped.")
    private boolean follow;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many records.")
    private Long count;

    @Option(
            names = "--no-ack",
            description =
                    "Acknowledges nothing. A server then gives one batch, which goes to another reader at the end.")
    private boolean noAck;

    @Option(
            names = "--source",
            paramLabel = "KIND[:k=v,...]",
            description = "Reads Lustre itself, without a server: device, llapi, simulator:rate=0,records=1000...")
    private String source;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description =
                    "With --source: changelog user to clear for. It must belong to this command alone. Default: none.")
    private String user;

    @Option(
            names = "--curve-server",
            paramLabel = "FILE",
            description = "Certificate with the server's public key; with --curve-own it encrypts the connection.")
    private Path curveServer;

    @Option(
            names = "--curve-own",
            paramLabel = "FILE",
            description = "Certificate with this reader's public and secret key.")
    private Path curveOwn;

    private final AtomicReference<Runnable> stop;

    /** @param stop is told how to stop it, for signals */
    ReadCommand(AtomicReference<Runnable> stop) {
        this.stop = stop;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        List<LcapReaderBuilder> readers = new ArrayList<>();
        for (String mdt : mdts) {
            readers.add(builder(mdt.strip()));
        }
        RecordForm chosen = FORMS.get(form);
        if (chosen == null) {
            throw StartException.usage("--form: there is no form '" + form + "'; there are text, json and raw");
        }
        if (count != null && count < 1) {
            throw StartException.usage("--count: " + count + " records are none: 1 at least");
        }
        Printer printer = new Printer(new FileOutputStream(FileDescriptor.out), chosen, count);
        Reading reading = new Reading(readers, printer, !noAck, source == null);
        stop.set(reading::requestStop);
        return reading.run();
    }

    private LcapReaderBuilder builder(String mdt) throws StartException {
        try {
            LcapReaderBuilder builder = LcapReader.builder().mdt(mdt).flags(follow ? Start.FOLLOW : 0);
            if (server != null) {
                builder.server(server);
            }
            if (group != null) {
                builder.group(group);
            }
            if (filter != null) {
                builder.filter(filter);
            }
            if (batch != null) {
                builder.batch(batch);
            }
            if (lease != null) {
                builder.lease(DurationText.parse(lease)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--lease: '" + lease + "' is no duration: write 30s or 2m")));
            }
            if (curveServer != null && curveOwn != null) {
                builder.curve(curveServer, curveOwn);
            } else if (curveServer != null || curveOwn != null) {
                throw new IllegalArgumentException("--curve-server and --curve-own go together");
            }
            if (source != null && server != null) {
                throw new IllegalArgumentException("--source reads without a server: leave --server out");
            }
            if (source == null && user != null) {
                throw new IllegalArgumentException("--user goes with --source: a server clears for its own");
            }
            if (source != null) {
                builder.source(source, user == null || noAck ? "" : user);
            }
            return builder;
        } catch (IllegalArgumentException | LcapException e) {
            throw StartException.usage(e.getMessage());
        }
    }
}
