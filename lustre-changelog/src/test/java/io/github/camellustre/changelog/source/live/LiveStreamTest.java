// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a real handle cannot be brought to within a test: minutes of silence, and a close in the middle of a call. */
class LiveStreamTest {
    private static final String MDT = "fs-MDT0000";
    private static final Duration LONG = Duration.ofMinutes(10);

    /** An MDT that never answers. */
    private static class Silent implements LiveHandle {
        final AtomicInteger closes = new AtomicInteger();

        @Override
        public boolean poll(int millis) {
            return false;
        }

        @Override
        public RecordBlock read(int maxRecords, int maxBytes) {
            throw new AssertionError("a read without a poll that was true would wait");
        }

        @Override
        public boolean isAtEnd() {
            return false;
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    private static LiveStream stream(LiveHandle handle, boolean following, Duration patience) {
        return new LiveStream(MDT, () -> handle, following, patience, LONG, () -> {});
    }

    @Test
    void silenceWhileTheEndIsUnknownIsAFailureToTryAgain() throws Exception {
        LiveStream patient = stream(new Silent(), false, LONG);
        assertThat(patient.read(1, 1).isEmpty()).isTrue();
        assertThat(patient.atEnd()).isFalse();
        LiveStream impatient = stream(new Silent(), false, Duration.ZERO);
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> impatient.read(1, 1))
                .withMessageContaining(MDT + ": no answer for")
                .matches(SourceException::isRetryable);
    }

    @Test
    void longSilenceWhileFollowingMakesItSpent() throws Exception {
        Silent handle = new Silent();
        LiveStream stream = stream(handle, true, Duration.ZERO);
        assertThat(stream.read(1, 1).isEmpty()).isTrue();
        assertThat(stream.atEnd()).isTrue();
        assertThat(stream.isSpent()).isTrue();
        assertThat(handle.closes).hasValue(1);
        assertThat(stream(new Silent(), true, LONG).isSpent()).isFalse();
    }

    @Test
    void aCloseLeavesTheHandleToTheOneWhoUsesIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        AtomicBoolean closedInside = new AtomicBoolean();
        Silent handle = new Silent() {
            @Override
            public boolean poll(int millis) {
                inside.countDown();
                try {
                    mayLeave.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                closedInside.set(closes.get() > 0);
                return false;
            }
        };
        LiveStream stream = stream(handle, false, LONG);
        Thread reader = new Thread(() -> {
            try {
                stream.read(1, 1);
            } catch (SourceException e) {
                throw new AssertionError(e);
            }
        });
        reader.start();
        inside.await();
        stream.close();
        mayLeave.countDown();
        reader.join();
        await().until(() -> handle.closes.get() == 1);
        assertThat(closedInside).isFalse();
        stream.close();
        assertThat(handle.closes).hasValue(1);
    }
}
