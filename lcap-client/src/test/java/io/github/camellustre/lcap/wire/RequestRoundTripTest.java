// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every request comes back as it was sent, in however many frames. */
class RequestRoundTripTest {

    @Property
    void inOneFrame(@ForAll("requests") Request request) throws RequestException {
        assertThat(Request.decode(request.encode())).isEqualTo(request);
    }

    @Property
    void inManyFrames(@ForAll("requests") Request request, @ForAll List<Integer> cuts) throws RequestException {
        byte[] bytes = request.encode();
        List<byte[]> frames = new ArrayList<>(List.of(new byte[0], Envelope.mdtFrame("fs-MDT0000")));
        int at = 0;
        for (int cut : cuts) {
            int to = Math.min(bytes.length, at + Math.floorMod(cut, 20));
            frames.add(Arrays.copyOfRange(bytes, at, to));
            at = to;
        }
        frames.add(Arrays.copyOfRange(bytes, at, bytes.length));

        Envelope envelope = Envelope.of(frames);

        assertThat(envelope.mdt()).isEqualTo("fs-MDT0000");
        assertThat(envelope.request()).isEqualTo(request);
    }

    @Provide
    Arbitrary<Request> requests() {
        Arbitrary<String> mdts = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('-', '\u00e9')
                .ofMaxLength(60);
        Arbitrary<GroupName> groups = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('.', '_', '-')
                .ofMinLength(1)
                .ofMaxLength(64)
                .map(GroupName::new);
        Arbitrary<Start> starts = Combinators.combine(Arbitraries.integers(), Arbitraries.longs(), mdts, groups)
                .as(Start::new);
        return Arbitraries.oneOf(
                starts,
                Arbitraries.just(new Request.Dequeue()),
                Arbitraries.longs().map(Request.Clear::new),
                Arbitraries.just(new Request.Fini()),
                Arbitraries.strings()
                        .excludeChars('\ufffe')
                        .filter(this::hasWholeCharacters)
                        .map(Option.Filter::new),
                Arbitraries.integers().greaterOrEqual(1).map(Option.Batch::new),
                Arbitraries.integers().between(1, 3600).map(s -> new Option.Lease(Duration.ofSeconds(s))));
    }

    /** Half a surrogate pair has no UTF-8. */
    private boolean hasWholeCharacters(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
