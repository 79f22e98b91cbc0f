// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What an operator does to a broker that runs. */
public final class KafkaOperator {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ClientQuotaEntity EVERYBODY =
            new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));

    private final String broker;

    public KafkaOperator(KafkaBroker broker) {
        this.broker = broker.plain();
    }

    public void createTopic(String name) throws Exception {
        createTopic(name, Map.of());
    }

    /** One that keeps the newest message of each key, and takes none without. */
    void createCompactedTopic(String name) throws Exception {
        createTopic(name, Map.of("cleanup.policy", "compact"));
    }

    private void createTopic(String name, Map<String, String> settings) throws Exception {
        ask(admin -> admin.createTopics(
                        List.of(new NewTopic(name, KafkaBroker.PARTITIONS, (short) 1).configs(settings)))
                .all());
    }

    /** A topic of so many brokers, which takes only what two have; waits until all are there. */
    public void createTopicOf(int brokers, String name) throws Exception {
        try (Admin admin = admin()) {
            await().atMost(PATIENCE)
                    .until(() -> admin.describeCluster().nodes().get().size() == brokers);
            admin.createTopics(List.of(new NewTopic(name, KafkaBroker.PARTITIONS, (short) brokers)
                            .configs(Map.of("min.insync.replicas", "2"))))
                    .all()
                    .get();
        }
    }

    /** Nobody but superusers may do anything with a topic. */
    public void close(String topic) throws Exception {
        ask(admin -> admin.createAcls(List.of(nobody(topic))).all());
    }

    public void open(String topic) throws Exception {
        ask(admin -> admin.deleteAcls(List.of(nobody(topic).toFilter())).all());
    }

    private static AclBinding nobody(String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.DENY));
    }

    /** Bytes a second that each client may send at most; null for as many as it likes. */
    public void throttle(Double bytes) throws Exception {
        ask(admin -> admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        EVERYBODY, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytes)))))
                .all());
    }

    private void ask(Function<Admin, KafkaFuture<?>> request) throws Exception {
        try (Admin admin = admin()) {
            request.apply(admin).get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker));
    }
}
