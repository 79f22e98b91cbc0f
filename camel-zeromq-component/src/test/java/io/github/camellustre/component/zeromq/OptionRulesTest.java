// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong options are refused when the route is made, with the option, its value and the remedy. */
class OptionRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp://h:1                                      | socketType is missing
            tcp://h:1?socketType=PULL                      | socketType=PULL receives and cannot be sent to; use it in from, or PUSH
            tcp://h:1?socketType=PUSH&topic=x              | topic=x is for socketType=PUB
            tcp://h:1?socketType=PUSH&noDrop=true          | noDrop=true is for socketType=PUB
            tcp://h:1?socketType=PUB&topics=x              | topics=x is for socketType=SUB
            tcp://h:1?socketType=PUSH&sendHwm=0            | sendHwm=0 is too small: at least 1
            tcp://h:1?socketType=PUSH&maxMessageSize=0     | maxMessageSize=0 is too small
            tcp://h:1?socketType=PUSH&linger=-1            | linger=-1 is too small: at least 0
            tcp://h:1?socketType=PUSH&reconnectInterval=0  | reconnectInterval=0 is too small
            tcp://h:1?socketType=REQ&requestTimeout=0      | requestTimeout=0 is too small
            tcp://h:1?socketType=PUSH&sendTimeout=soon     | sendTimeout
            tcp://h:1?socketType=PUSH&linger=short         | linger
            tcp://h:1?socketType=PUSH&curveKeyFile=f       | curveKeyFile=f does not say whose server this is: add curveClientKeys
            tcp://h:1?socketType=PUSH&curveServerKeyFile=f | curveServerKeyFile=f needs this socket's own certificate
            tcp://h:1?socketType=PUSH&curveKeyFile=f&curveServerKeyFile=f&curveClientKeys=d | give one of them
            ipc://x?socketType=PUSH                        | ipc is TCP underneath and meets no peer
            udp://h:1?socketType=PUSH                      | write tcp://HOST:PORT or inproc://NAME
            tcp://h?socketType=PUSH                        | write tcp://HOST:PORT
            tcp://h:70000?socketType=PUSH                  | a port is 1 to 65535
            tcp://*:1?socketType=PUSH                      | this address is one to bind to (bind=true)
            tcp://h:*?socketType=PUSH                      | this address is one to bind to (bind=true)
            """)
    void producer(String uri, String reason) {
        try (Testbed bed = new Testbed()) {
            assertThatThrownBy(() -> bed.sending("zeromq:" + uri)).hasStackTraceContaining(reason);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp://h:1                                      | socketType is missing
            tcp://h:1?socketType=PUSH                      | socketType=PUSH sends and cannot be received from; use it in to, or PULL
            tcp://h:1?socketType=PULL&topics=x             | topics=x is for socketType=SUB
            tcp://h:1?socketType=SUB&topic=x               | topic=x is for socketType=PUB; a SUB's own are called topics
            tcp://h:1?socketType=SUB&noDrop=true           | noDrop=true is for socketType=PUB
            tcp://h:1?socketType=PULL&maxInFlight=0        | maxInFlight=0 is too small
            tcp://h:1?socketType=REP&concurrentConsumers=2 | concurrentConsumers=2 cannot be had with socketType=REP
            tcp://:1?bind=true&socketType=PULL&curveKeyFile=f&curveClientKeys=nowhere | the certificate cannot be read
            """)
    void consumer(String uri, String reason) {
        try (Testbed bed = new Testbed()) {
            assertThatThrownBy(() -> bed.receiving("zeromq:" + uri)).hasStackTraceContaining(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://:5555, tcp://127.0.0.1:5555",
        "tcp://*:5555, tcp://*:5555",
        "tcp://0.0.0.0:5555, tcp://0.0.0.0:5555",
        "tcp://[::]:5555, tcp://[::]:5555",
        "tcp://localhost:*, tcp://localhost:*",
        "inproc://a/b, inproc://a/b",
    })
    void bindsBeyondLoopbackOnlyWhereItIsWritten(String written, String bound) {
        assertThat(ZeroMqAddress.parse(written, true)).singleElement().hasToString(bound);
    }

    @Test
    void severalAddresses() {
        assertThat(ZeroMqAddress.parse("tcp://a:1, tcp://[fe80::1%eth0]:2", false))
                .extracting(ZeroMqAddress::toString)
                .containsExactly("tcp://a:1", "tcp://[fe80::1%eth0]:2");
    }

    @Test
    void addressInUseIsNamed() throws Exception {
        try (Testbed bed = new Testbed();
                Testbed other = new Testbed()) {
            bed.receiving("zeromq:tcp://127.0.0.1:*?bind=true&socketType=PULL");
            assertThatThrownBy(() -> other.receiving("zeromq:" + bed.bound("PULL") + "?bind=true&socketType=PULL"))
                    .hasStackTraceContaining("cannot bind to " + bed.bound("PULL"));
        }
    }
}
