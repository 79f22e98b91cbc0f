// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultHeadersMapFactory;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Headers of a record look like any message's, though they are made only when asked for. */
class RecordMessageTest {
    private final AtomicInteger maps = new AtomicInteger();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ChangelogRecord record = new RecordBuilder(RecordType.CREAT)
            .index(7)
            .target(new Fid(0x200000401L, 2, 0))
            .parent(new Fid(0x200000007L, 1, 0))
            .name("file")
            .job("cp.0")
            .build("fs-MDT0000");
    private Exchange exchange;
    private RecordMessage message;

    @BeforeEach
    void create() {
        context.getCamelContextExtension().setHeadersMapFactory(new DefaultHeadersMapFactory() {
            @Override
            public Map<String, Object> newMap() {
                maps.incrementAndGet();
                return super.newMap();
            }
        });
        context.start();
        exchange = new DefaultExchange(context);
        message = new RecordMessage(context, record);
        exchange.setIn(message);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void readingOneDoesNotMakeAll() {
        assertThat(message.getHeader(LustreConstants.TYPE)).isEqualTo("CREAT");
        assertThat(message.getHeader(LustreConstants.INDEX, Long.class)).isEqualTo(7);
        assertThat(message.getHeader(LustreConstants.UID)).isNull();
        assertThat(message.getHeader("other")).isNull();
        assertThat(message.getHeader("other", "default")).isEqualTo("default");
        assertThat(message.removeHeader("other")).isNull();
        assertThat(maps).hasValue(0);
        assertThat(message.getHeaders()).isNotEmpty();
        assertThat(maps).hasValue(1);
    }

    @Test
    void namesAreNotCaseSensitive() {
        assertThat(message.getHeader("camellustretype")).isEqualTo("CREAT");
        assertThat(message.getHeader("CAMELLUSTREINDEX", Long.class)).isEqualTo(7);
    }

    @Test
    void copyHasTheSame() {
        Message copy = message.copy();
        assertThat(copy.getBody()).isSameAs(record);
        assertThat(copy.getHeader(LustreConstants.NAME)).isEqualTo("file");
        assertThat(copy.getHeaders()).isEqualTo(message.getHeaders());
        assertThat(exchange.copy().getIn().getHeaders()).isEqualTo(message.getHeaders());
    }

    @Test
    void changesSurviveCopying() {
        message.setHeader("mine", 1);
        message.removeHeader(LustreConstants.NAME);
        Message copy = message.copy();
        assertThat(copy.getHeaders()).containsEntry("mine", 1).doesNotContainKey(LustreConstants.NAME);
        assertThat(copy.getHeader(LustreConstants.NAME)).isNull();
        assertThat(copy.getHeader(LustreConstants.TYPE)).isEqualTo("CREAT");
        copy.removeHeaders("*");
        assertThat(copy.getHeaders()).isEmpty();
        assertThat(message.getHeaders()).isNotEmpty();
        copy.copyFrom(message);
        assertThat(copy.getHeaders()).isEqualTo(message.getHeaders());
    }

    @Test
    void copyingIntoAnotherRecordsMessageReplacesIt() {
        RecordMessage other = new RecordMessage(
                context, new RecordBuilder(RecordType.MARK).index(8).build("fs-MDT0000"));
        other.copyFrom(message);
        assertThat(other.getHeader(LustreConstants.INDEX)).isEqualTo(7L);
        RecordMessage changed = new RecordMessage(
                context, new RecordBuilder(RecordType.MARK).index(8).build("fs-MDT0000"));
        changed.setHeader("mine", 1);
        changed.copyFrom(message);
        assertThat(changed.getHeaders()).isEqualTo(message.getHeaders());
    }

    @Test
    void listsWhatTheRecordHas() {
        assertThat(message.hasHeaders()).isTrue();
        Map<String, Object> headers = message.getHeaders();
        assertThat(headers)
                .containsEntry(LustreConstants.MDT, "fs-MDT0000")
                .containsEntry(LustreConstants.FID, record.targetFid())
                .containsEntry(LustreConstants.PARENT_FID, record.parentFid())
                .containsEntry(LustreConstants.JOB_ID, "cp.0")
                .doesNotContainKeys(LustreConstants.UID, LustreConstants.GID);
    }
}
