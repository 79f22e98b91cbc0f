// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.component.lustre.format.BulkJson;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of Elasticsearch or OpenSearch. A route calls {@link #begin}, then, as long as {@link BulkDelivery#isOpen}, {@link #request},
 * its HTTP client, and {@link #answer} or, if that failed, {@link #unreachable}; at last {@link #end}. What throws leaves the records with
 * Lustre: they come again after a wait. Thread-safe once it is set up.
 */
public final class BulkServer implements CamelContextAware {
    /** Exchange property with the {@link BulkDelivery}. */
    public static final String DELIVERY = "CamelLustreBulk";

    private static final Logger LOG = LoggerFactory.getLogger(BulkServer.class);
    private static final String HTTP_HEADERS = "CamelHttp*";
    private static final String AUTHORIZATION = "Authorization";
    private static final String OWN_TEMPLATE = "classpath:io/github/camellustre/component/bulk/index-template.json";
    private static final int LONGEST_INDEX_NAME = 200;

    /** For a new index, and for a shard to write to; and as long to answer. */
    private static final int WAITS_OF_A_SERVER = 3;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private CamelContext camelContext;
    private String settings = "elasticsearch";
    private BulkHosts hosts = new BulkHosts("http://localhost:9200");
    private String index = "lustre";
    private boolean dataStream;
    private String template = "false";
    private String user = "";
    private String password = "";
    private String apiKey = "";
    private long timeout = 60_000;
    private volatile boolean templateDone;

    /** The body becomes a delivery that is open if there are records. */
    public void begin(Exchange exchange) {
        exchange.setProperty(
                DELIVERY,
                new BulkDelivery(RecordBody.records(exchange.getMessage().getBody())));
    }

    /** Makes the message the next request. */
    public void request(Exchange exchange) throws IOException {
        BulkDelivery delivery = delivery(exchange);
        delivery.sending(hosts.current(), !templateDone && !template.equals("false"));
        Message message = exchange.getMessage();
        message.removeHeaders(HTTP_HEADERS);
        if (delivery.isTemplating()) {
            message.setBody(IndexTemplate.read(
                    camelContext, template.equals("true") ? OWN_TEMPLATE : template, index, dataStream));
            message.setHeader(Exchange.HTTP_METHOD, "PUT");
            message.setHeader(Exchange.HTTP_URI, delivery.host() + "/_index_template/" + index);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        } else {
            message.setBody(lines(delivery));
            message.setHeader(Exchange.HTTP_METHOD, "POST");
            message.setHeader(Exchange.HTTP_URI, delivery.host() + "/_bulk");
            message.setHeader(
                    Exchange.HTTP_QUERY,
                    "filter_path=errors,items.*.status,items.*.error&timeout=" + timeout / WAITS_OF_A_SERVER + "ms");
            message.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
        }
        if (!apiKey.isEmpty()) {
            message.setHeader(AUTHORIZATION, "ApiKey " + apiKey);
        } else if (!user.isEmpty()) {
            byte[] both = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
            message.setHeader(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(both));
        }
    }

    private byte[] lines(BulkDelivery delivery) throws IOException {
        RecordBuffer lines = new RecordBuffer();
        if (dataStream) {
            BulkJson.writeToStream(index, delivery.records(), delivery.from(), delivery.to(), lines);
        } else {
            BulkJson.writeByDay(index, delivery.records(), delivery.from(), delivery.to(), lines);
        }
        return lines.toByteArray();
    }

    /** Takes the answer to the last request. */
    public void answer(Exchange exchange) throws BulkException {
        BulkDelivery delivery = delivery(exchange);
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, int.class);
        InputStream body = message.getBody(InputStream.class);
        if (status != OK && status != CREATED) {
            refused(delivery, BulkAnswer.error(status, body));
        } else if (delivery.isTemplating()) {
            templateDone = true;
            LOG.info("{}: index template '{}' is installed", delivery.host(), index);
        } else {
            taken(delivery, body);
        }
    }

    private void refused(BulkDelivery delivery, BulkError error) throws BulkException {
        if (error.status() == TOO_LARGE && !delivery.isTemplating()) {
            delivery.tooLarge(error);
        } else if (error.status() < BAD_GATEWAY || error.status() > GATEWAY_TIMEOUT || !anotherHost(delivery)) {
            throw new BulkException(explained(delivery, error));
        }
    }

    private void taken(BulkDelivery delivery, InputStream answer) throws BulkException {
        List<BulkError> rejected = new ArrayList<>();
        for (BulkError error : errors(delivery, answer)) {
            if (error.blamesTheRecord()) {
                rejected.add(error);
            } else if (!dataStream || !error.isThereAlready()) {
                throw new BulkException(explained(delivery, error));
            }
        }
        delivery.answered(rejected);
    }

    private List<BulkError> errors(BulkDelivery delivery, InputStream answer) throws BulkException {
        try {
            return BulkAnswer.errors(answer, delivery.to() - delivery.from());
        } catch (IOException e) {
            throw new BulkException(
                    delivery.host() + " does not answer as Elasticsearch and OpenSearch do (" + e.getMessage()
                            + "): is " + settings + ".url right?",
                    e);
        }
    }

    private String explained(BulkDelivery delivery, BulkError error) {
        String what = delivery.host() + " refuses " + (delivery.isTemplating() ? "the index template" : "records");
        return switch (error.status()) {
            case UNAUTHORIZED ->
                what + ", because user, password or key are wrong (" + error + "): set " + settings + ".user and "
                        + settings + ".password, or " + settings + ".apiKey";
            case FORBIDDEN ->
                what + ", because the user must not, or the index is blocked (" + error
                        + "): it takes the rights to create and" + " write " + index + "*, and with " + settings
                        + ".template that to manage index templates";
            case TOO_MANY -> what + ", because it is busy or its disks are full (" + error + ")";
            default -> what + " (" + error + ")";
        };
    }

    /** The HTTP client has failed: the next server is asked, if there is one that was not asked yet. */
    public void unreachable(Exchange exchange) throws BulkException {
        BulkDelivery delivery = delivery(exchange);
        Exception cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (!anotherHost(delivery)) {
            throw new BulkException(
                    cause instanceof SSLException
                            ? "no TLS with " + delivery.host() + " (" + cause.getMessage()
                                    + "): renew its certificate, or name your own CA with camel.ssl.trustStore"
                            : "no answer from " + delivery.host() + " (" + cause + ")",
                    cause);
        }
    }

    private boolean anotherHost(BulkDelivery delivery) {
        hosts.passOver(delivery.host());
        return delivery.failed() < hosts.count();
    }

    /** The message has no trace of HTTP any more; what was rejected is in the delivery. */
    public void end(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders(HTTP_HEADERS);
        message.removeHeader(AUTHORIZATION);
        message.removeHeader(Exchange.CONTENT_TYPE);
        message.setBody(null);
    }

    private static BulkDelivery delivery(Exchange exchange) {
        return exchange.getProperty(DELIVERY, BulkDelivery.class);
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** How the settings of this cluster begin, for messages: {@code elasticsearch} as in {@code elasticsearch.url}. */
    public void setSettings(String settings) {
        this.settings = settings;
    }

    /** Servers of one cluster, joined with commas. */
    public void setUrl(String url) {
        this.hosts = new BulkHosts(url);
    }

    /** The data stream, or what the names of the indexes of days begin with. */
    public void setIndex(String index) {
        if (!index.matches("[a-z0-9][a-z0-9._-]*") || index.length() > LONGEST_INDEX_NAME) {
            throw new IllegalArgumentException("'" + index
                    + "' cannot begin the name of an index: write lower-case letters, digits, '.', '_' and '-', a letter or"
                    + " digit first, at most " + LONGEST_INDEX_NAME);
        }
        this.index = index;
    }

    /** Whether the index is a data stream. */
    public void setDataStream(boolean dataStream) {
        this.dataStream = dataStream;
    }

    /** The index template that is installed before the first batch: {@code false} for none, {@code true} for ours, or a resource. */
    public void setTemplate(String template) {
        this.template = template;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** As the server gave it out, encoded; wins over user and password. */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    /**
     * Milliseconds that the HTTP client waits for an answer. A server that waits for a shard, or for copies of it, gives up before:
     * the reason arrives, and what is sent again does not pile up behind what still waits.
     */
    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }
}
