// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.component.lustre.LustreComponent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A route from a capture in memory to readers in other processes, measured without the first half of its records. */
final class BenchRoute implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CaptureLoop source;
    private final long records;

    /** @param yaml takes the folder of the positions, then the arguments */
    BenchRoute(CaptureLoop source, long records, String yaml, Object... arguments) throws Exception {
        this.source = source;
        this.records = records;
        context.disableJMX();
        context.getRegistry().bind("captures", source);
        Object[] all = new Object[arguments.length + 1];
        all[0] = Files.createTempDirectory("bench-state");
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("bench.camel.yaml", yaml.formatted(all)));
    }

    BenchRoute bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    /** So many bytes of records may wait, not a quarter of the heap. */
    BenchRoute maxMemory(long bytes) {
        LustreComponent lustre = new LustreComponent();
        lustre.setMaxMemory(bytes);
        context.addComponent("lustre", lustre);
        return this;
    }

    /**
     * From the middle to the last record's clear: all processes are new, or play a new route, and until their compilers are
     * done, which share the cores with them, no rate is that of a daemon that runs for months.
     */
    Measure run(String name) throws Exception {
        context.start();
        while (source.cleared() < records / 2) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long from = source.cleared();
        return Measure.of(name, records - from, this::awaitEnd);
    }

    /** From the start of the route to the last record's clear. */
    Measure runWhole(String name) throws Exception {
        return Measure.of(name, records, () -> {
            context.start();
            awaitEnd();
        });
    }

    private void awaitEnd() throws InterruptedException {
        LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
        while (!lustre.isComplete()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        if (source.cleared() != records) {
            throw new IllegalStateException("cleared " + source.cleared() + " of " + records);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
