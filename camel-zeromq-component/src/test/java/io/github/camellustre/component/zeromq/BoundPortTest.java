// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundPortTest {
    private static ServerSocketChannel listening(InetSocketAddress address) throws Exception {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(address);
        return channel;
    }

    @Test
    void closedChannelHoldsItsPortUntilItsSelectorLetsGo() throws Exception {
        try (Selector selector = Selector.open()) {
            ServerSocketChannel channel = listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            selector.selectNow();
            channel.close();

            CompletableFuture<Void> free = new CompletableFuture<>();
            Thread waiting = new Thread(() -> awaitFree(new BoundPort(address), free));
            waiting.start();
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING || !waiting.isAlive());
            assertThat(free).isNotDone();

            selector.selectNow();
            free.get();
            listening(address).close();
        }
    }

    private static void awaitFree(BoundPort port, CompletableFuture<Void> free) {
        try {
            port.awaitFree();
            free.complete(null);
        } catch (InterruptedException e) {
            free.completeExceptionally(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:5555, 127.0.0.1, 5555",
        "tcp://0.0.0.0:5555, 0.0.0.0, 5555",
        "tcp://[::1]:5555, 0:0:0:0:0:0:0:1, 5555",
        "tcp://[0:0:0:0:0:0:0:0]:5555, 0:0:0:0:0:0:0:0, 5555",
    })
    void isReadFromWhatZeroMqCallsIt(String endpoint, String host, int port) {
        InetSocketAddress address = BoundPort.of(endpoint).address();
        assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }
}
