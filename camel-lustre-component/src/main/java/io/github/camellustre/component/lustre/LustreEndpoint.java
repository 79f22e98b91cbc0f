// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Read the changelogs of Lustre metadata targets, and clear what has been delivered. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "lustre",
        title = "Lustre",
        syntax = "lustre:mdts",
        consumerOnly = true,
        category = {Category.FILE, Category.MONITORING},
        headersClass = LustreConstants.class)
public class LustreEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {
    @UriPath(
            description =
                    "MDTs to read: a name, several joined with commas, or a pattern: fs-MDT0000, fs-MDT0000,fs-MDT0001, fs-MDT*. A"
                            + " pattern also takes MDTs that appear later.")
    @Metadata(required = true)
    private String mdts;

    @UriParam
    private final LustreConfiguration configuration;

    LustreEndpoint(String uri, LustreComponent component, LustreConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("lustre: is read from; nothing can be sent to it");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        LustreConsumer consumer = new LustreConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** Routes may name the same MDTs with the same options: each is a consumer of its own. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    LustreReaders readers() {
        return ((LustreComponent) getComponent()).readers();
    }

    public String getMdts() {
        return mdts;
    }

    public void setMdts(String mdts) {
        this.mdts = mdts;
    }

    public LustreConfiguration getConfiguration() {
        return configuration;
    }
}
