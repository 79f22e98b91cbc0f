// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ack.AckMode;
import io.github.camellustre.changelog.ack.OnExhausted;
import io.github.camellustre.changelog.ack.Redelivery;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of {@code lustre:}. Set on the component they are the default of all endpoints. */
@UriParams
@Configurer(extended = true)
public class LustreConfiguration implements Cloneable {
    @UriParam(
            label = "consumer",
            description =
                    "Where changelogs come from: a kind with options, as device:pollInterval=200ms, simulator:mdts=2 or"
                            + " replay:input.0=FILE, or a bean in the registry, as #mySource. All endpoints that name the same source share one"
                            + " reading of it. The default is device where /dev/changelog-* exists, else simulator.")
    private String source;

    @UriParam(
            label = "consumer",
            description =
                    "Changelog user to clear for: cl1 for all MDTs, or one for each, as fs-MDT0000=cl1,fs-MDT0001=cl3."
                            + " One user belongs to one daemon. Without it nothing is ever cleared.")
    private String user;

    @UriParam(
            label = "consumer",
            description =
                    "Stable name of this consumer: its positions are kept under it. The default is the id of the route.")
    private String consumer;

    @UriParam(
            label = "consumer",
            defaultValue = "auto",
            enums = "auto,manual,none",
            description =
                    "When a record counts as acknowledged. auto: once everything that holds it has succeeded. manual: when the"
                            + " route calls the object in the header CamelLustreAcknowledgement. none: once it is done with, success or"
                            + " not; this consumer does not hold the clear.")
    private AckMode ack = AckMode.AUTO;

    @UriParam(
            label = "consumer",
            description =
                    "Record types wanted, joined with commas, as CREAT,UNLNK,RENME or numbers; default all. The others are"
                            + " acknowledged without an exchange.")
    private String types;

    @UriParam(
            label = "consumer",
            defaultValue = "uidgid,nid,omode,xattr",
            description =
                    "Extra fields of the records that are kept: user and group, client NID, open mode, xattr name; none for none."
                            + " Fewer make smaller records; the server records and sends them all the same.")
    private String extraFlags = "uidgid,nid,omode,xattr";

    @UriParam(
            label = "consumer",
            defaultValue = "oldest",
            description =
                    "Where to start when no position of this consumer is known: oldest, newest, or the index that changelog_users"
                            + " shows for the user; the record after it is the first. An index also allows clears from there on;"
                            + " otherwise none is sent before everything that was there at the first reading is acknowledged.")
    private String startFrom = "oldest";

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "One exchange for many records (body ChangelogBatch) instead of one for each (body ChangelogRecord). Much"
                            + " faster; no per-record headers.")
    private boolean batching;

    @UriParam(label = "consumer", defaultValue = "1000", description = "Most records of one batch.")
    private int maxBatch = 1_000;

    @UriParam(
            label = "consumer",
            defaultValue = "65536",
            description =
                    "Most records, for each MDT, from the last position on disk to the newest that was handed over. Reading stops"
                            + " there: Lustre is the spool. So many records at most are delivered twice after a crash.")
    private int maxInFlight = 65_536;

    @UriParam(
            label = "consumer",
            defaultValue = "67108864",
            description = "Most bytes of raw records, for each MDT, that are kept because they are not acknowledged.")
    private long maxInFlightBytes = 64L << 20;

    @UriParam(
            label = "consumer",
            defaultValue = "ordered",
            enums = "ordered,missing",
            description =
                    "What is handed over again after a failure or a restart. ordered: everything from the first record that is not"
                            + " acknowledged, so that each FID's records end in order. missing: only records that are not acknowledged.")
    private Redelivery redelivery = Redelivery.ORDERED;

    @UriParam(
            label = "consumer",
            defaultValue = "-1",
            description = "How often a failed record is handed over again before it is exhausted; negative: endless.")
    private int maxRedeliveries = -1;

    @UriParam(
            label = "consumer",
            defaultValue = "stop",
            enums = "stop,deadLetter",
            description =
                    "What happens to an exhausted record. stop: this consumer stops on that MDT and holds the clear. deadLetter: the"
                            + " record is sent to deadLetter, and acknowledged once that took it.")
    private OnExhausted onExhausted = OnExhausted.STOP;

    @UriParam(
            label = "consumer",
            description =
                    "Endpoint that exhausted records are sent to as a ChangelogBatch of one, as lustre-lines:data/dead?form=dead.")
    private String deadLetter;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "Wait before a first redelivery; doubles with each further failure.")
    private long redeliveryDelay = 1_000;

    @UriParam(
            label = "consumer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "Longest wait before a redelivery.")
    private long maxRedeliveryDelay = 30_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1024",
            description = "Missing indexes are waited for while so many further records are read...")
    private int reorderRecords = 1_024;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description =
                    "...or for so long, whichever is over first. Then they are a gap. Until then nothing beyond them is cleared.")
    private long reorderTime = 5_000;

    @UriParam(
            label = "consumer",
            defaultValue = "continue",
            enums = "continue,stop",
            description =
                    "What happens when records are missing for good. continue: it is logged and counted. stop: the MDT is read no"
                            + " further and nothing beyond is cleared until an operator restarts with continue.")
    private String onGap = "continue";

    @UriParam(
            label = "consumer",
            defaultValue = "hold",
            enums = "hold,drop",
            description =
                    "What happens to a consumer that has a position but is not configured any more. hold: it goes on holding the clear."
                            + " drop: it is forgotten, with a warning.")
    private String absentConsumer = "hold";

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "Longest time from an acknowledgement to its way to disk and to the MDT.")
    private long clearInterval = 1_000;

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "Acknowledged records after which positions are written and cleared at once; 0: only clearInterval counts (and half"
                            + " of maxInFlight).")
    private int clearBatch;

    @UriParam(
            label = "consumer",
            defaultValue = "3600000",
            javaType = "java.time.Duration",
            description =
                    "After this time without a clear the last one is repeated, so that the MDT does not take the user for idle and"
                            + " remove it.")
    private long heartbeatInterval = 3_600_000;

    @UriParam(
            label = "consumer",
            defaultValue = "500",
            javaType = "java.time.Duration",
            description =
                    "Wait after a first error of an MDT before it is opened or cleared again; doubles with each further one.")
    private long reconnectBackoff = 500;

    @UriParam(
            label = "consumer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "Longest wait between two attempts.")
    private long maxReconnectBackoff = 30_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description = "Time between two looks for MDTs that are new and match the pattern.")
    private long discoveryInterval = 10_000;

    @UriParam(
            label = "consumer",
            defaultValue = "file",
            enums = "file,memory",
            description =
                    "Where positions are kept. file: in stateDirectory, over restarts. memory: as long as the process lives.")
    private String repository = "file";

    @UriParam(
            label = "consumer",
            defaultValue = "data/state",
            description = "Folder of the positions, one file for each MDT and user. One daemon at a time.")
    private String stateDirectory = "data/state";

    /** A copy that an endpoint may change. */
    public LustreConfiguration copy() {
        try {
            return (LustreConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public String getConsumer() {
        return consumer;
    }

    public void setConsumer(String consumer) {
        this.consumer = consumer;
    }

    public AckMode getAck() {
        return ack;
    }

    public void setAck(AckMode ack) {
        this.ack = ack;
    }

    public String getExtraFlags() {
        return extraFlags;
    }

    public void setExtraFlags(String extraFlags) {
        this.extraFlags = extraFlags;
    }

    public String getTypes() {
        return types;
    }

    public void setTypes(String types) {
        this.types = types;
    }

    public String getStartFrom() {
        return startFrom;
    }

    public void setStartFrom(String startFrom) {
        this.startFrom = startFrom;
    }

    public boolean isBatching() {
        return batching;
    }

    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    public int getMaxBatch() {
        return maxBatch;
    }

    public void setMaxBatch(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public long getMaxInFlightBytes() {
        return maxInFlightBytes;
    }

    public void setMaxInFlightBytes(long maxInFlightBytes) {
        this.maxInFlightBytes = maxInFlightBytes;
    }

    public Redelivery getRedelivery() {
        return redelivery;
    }

    public void setRedelivery(Redelivery redelivery) {
        this.redelivery = redelivery;
    }

    public int getMaxRedeliveries() {
        return maxRedeliveries;
    }

    public void setMaxRedeliveries(int maxRedeliveries) {
        this.maxRedeliveries = maxRedeliveries;
    }

    public OnExhausted getOnExhausted() {
        return onExhausted;
    }

    public void setOnExhausted(OnExhausted onExhausted) {
        this.onExhausted = onExhausted;
    }

    public String getDeadLetter() {
        return deadLetter;
    }

    public void setDeadLetter(String deadLetter) {
        this.deadLetter = deadLetter;
    }

    public long getRedeliveryDelay() {
        return redeliveryDelay;
    }

    public void setRedeliveryDelay(long redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    public long getMaxRedeliveryDelay() {
        return maxRedeliveryDelay;
    }

    public void setMaxRedeliveryDelay(long maxRedeliveryDelay) {
        this.maxRedeliveryDelay = maxRedeliveryDelay;
    }

    public int getReorderRecords() {
        return reorderRecords;
    }

    public void setReorderRecords(int reorderRecords) {
        this.reorderRecords = reorderRecords;
    }

    public long getReorderTime() {
        return reorderTime;
    }

    public void setReorderTime(long reorderTime) {
        this.reorderTime = reorderTime;
    }

    public String getOnGap() {
        return onGap;
    }

    public void setOnGap(String onGap) {
        this.onGap = onGap;
    }

    public String getAbsentConsumer() {
        return absentConsumer;
    }

    public void setAbsentConsumer(String absentConsumer) {
        this.absentConsumer = absentConsumer;
    }

    public long getClearInterval() {
        return clearInterval;
    }

    public void setClearInterval(long clearInterval) {
        this.clearInterval = clearInterval;
    }

    public int getClearBatch() {
        return clearBatch;
    }

    public void setClearBatch(int clearBatch) {
        this.clearBatch = clearBatch;
    }

    public long getHeartbeatInterval() {
        return heartbeatInterval;
    }

    public void setHeartbeatInterval(long heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public long getReconnectBackoff() {
        return reconnectBackoff;
    }

    public void setReconnectBackoff(long reconnectBackoff) {
        this.reconnectBackoff = reconnectBackoff;
    }

    public long getMaxReconnectBackoff() {
        return maxReconnectBackoff;
    }

    public void setMaxReconnectBackoff(long maxReconnectBackoff) {
        this.maxReconnectBackoff = maxReconnectBackoff;
    }

    public long getDiscoveryInterval() {
        return discoveryInterval;
    }

    public void setDiscoveryInterval(long discoveryInterval) {
        this.discoveryInterval = discoveryInterval;
    }

    public String getRepository() {
        return repository;
    }

    public void setRepository(String repository) {
        this.repository = repository;
    }

    public String getStateDirectory() {
        return stateDirectory;
    }

    public void setStateDirectory(String stateDirectory) {
        this.stateDirectory = stateDirectory;
    }
}
