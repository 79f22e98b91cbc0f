// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import io.github.camellustre.component.lcap.group.BatchLimits;
import io.github.camellustre.component.lcap.group.Order;
import io.github.camellustre.component.lcap.group.SharingOptions;
import io.github.camellustre.component.lcap.group.WhenEmpty;
import io.github.camellustre.component.lcap.server.CurveKeys;
import io.github.camellustre.component.lcap.server.GroupSettings;
import io.github.camellustre.lcap.wire.GroupName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of {@code lcap:}. Set on the component they are the default of all endpoints. */
@UriParams
@Configurer(extended = true)
public class LcapConfiguration implements Cloneable {
    @UriParam(
            defaultValue = "*",
            description =
                    "MDTs that readers may ask for before a first record of them has come: names and patterns, joined with commas, as"
                            + " fs-MDT*. They are told that there is nothing now; whoever asks for any other MDT is told that there is none.")
    private String mdts = "*";

    @UriParam(
            defaultValue = "all",
            enums = "all,none",
            description =
                    "all: the readers share the records, and an exchange completes when its records are acknowledged. none: each reader"
                            + " gets what comes while it is there, the oldest are dropped if it is too slow, and an exchange completes at once.")
    private LcapAck ack = LcapAck.ALL;

    @UriParam(
            defaultValue = "none",
            enums = "none,fid",
            description =
                    "fid: a record is kept back while another reader has one with a FID in common. none: readers work in any order. For"
                            + " ack=all.")
    private Order order = Order.NONE;

    @UriParam(
            defaultValue = "hold",
            enums = "hold,acknowledge",
            description =
                    "What happens to records while no reader is there. hold: they wait, and so does Lustre, up to holdLimit. acknowledge:"
                            + " they are released at once, with a warning. For ack=all.")
    private WhenEmpty whenEmpty = WhenEmpty.HOLD;

    @UriParam(
            description =
                    "How much is held while no reader is there: a time (30m) or a number of records (1000000). The oldest beyond it are"
                            + " released as if acknowledged, with a warning that counts them. The default is no limit. For whenEmpty=hold.")
    private String holdLimit;

    @UriParam(
            defaultValue = "1",
            description = "Fewest records of a batch, while more may still come within maxWait. For ack=all.")
    private int minBatch = BatchLimits.DEFAULT.minBatch();

    @UriParam(defaultValue = "8192", description = "Most records of a batch.")
    private int maxBatch = BatchLimits.DEFAULT.maxBatch();

    @UriParam(
            defaultValue = "2",
            javaType = "java.time.Duration",
            description =
                    "Longest time that a record waits for others to fill a batch. Readers of LCAP's own library never wait.")
    private long maxWait = TimeUnit.NANOSECONDS.toMillis(BatchLimits.DEFAULT.maxWait());

    @UriParam(
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description =
                    "How long a stop goes on answering readers that neither say goodbye nor acknowledge anything, so that they see"
                            + " the end.")
    private long linger = 5_000;

    @UriParam(
            label = "security",
            description =
                    "File with the server's CURVE certificate, secret key included, in ZeroMQ's format: makes all connections of this"
                            + " address encrypted. Needs clientCertificates.")
    private String serverCertificate;

    @UriParam(
            label = "security",
            description =
                    "Folder with the public CURVE certificate of each client that may connect. It is looked at for each connection. Needs"
                            + " serverCertificate.")
    private String clientCertificates;

    /** A copy that an endpoint may change. */
    public LcapConfiguration copy() {
        try {
            return (LcapConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    GroupSettings settings(GroupName name) {
        return new GroupSettings(
                name,
                mdts,
                ack == LcapAck.NONE,
                new SharingOptions(
                        order,
                        whenEmpty,
                        HoldLimits.parse(holdLimit),
                        new BatchLimits(minBatch, maxBatch, TimeUnit.MILLISECONDS.toNanos(maxWait))),
                Duration.ofMillis(linger));
    }

    /** Null without encryption. */
    CurveKeys curveKeys() {
        if ((serverCertificate == null) != (clientCertificates == null)) {
            throw new IllegalArgumentException(
                    "serverCertificate and clientCertificates go together: one without the other would let nobody in, or anybody");
        }
        return serverCertificate == null
                ? null
                : new CurveKeys(Path.of(serverCertificate), Path.of(clientCertificates));
    }

    public String getMdts() {
        return mdts;
    }

    public void setMdts(String mdts) {
        this.mdts = mdts;
    }

    public LcapAck getAck() {
        return ack;
    }

    public void setAck(LcapAck ack) {
        this.ack = ack;
    }

    public Order getOrder() {
        return order;
    }

    public void setOrder(Order order) {
        this.order = order;
    }

    public WhenEmpty getWhenEmpty() {
        return whenEmpty;
    }

    public void setWhenEmpty(WhenEmpty whenEmpty) {
        this.whenEmpty = whenEmpty;
    }

    public String getHoldLimit() {
        return holdLimit;
    }

    public void setHoldLimit(String holdLimit) {
        this.holdLimit = holdLimit;
    }

    public int getMinBatch() {
        return minBatch;
    }

    public void setMinBatch(int minBatch) {
        this.minBatch = minBatch;
    }

    public int getMaxBatch() {
        return maxBatch;
    }

    public void setMaxBatch(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    public long getMaxWait() {
        return maxWait;
    }

    public void setMaxWait(long maxWait) {
        this.maxWait = maxWait;
    }

    public long getLinger() {
        return linger;
    }

    public void setLinger(long linger) {
        this.linger = linger;
    }

    public String getServerCertificate() {
        return serverCertificate;
    }

    public void setServerCertificate(String serverCertificate) {
        this.serverCertificate = serverCertificate;
    }

    public String getClientCertificates() {
        return clientCertificates;
    }

    public void setClientCertificates(String clientCertificates) {
        this.clientCertificates = clientCertificates;
    }
}
