// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectAttributes;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.lustre.LustreEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Paths through liblustreapi, played by ours: its file system is a folder, so names, links, renames and removals are real
 * ones, and the FID of an object is its inode.
 */
class MountedPathsTest {
    private static final Fid ROOT = new Fid(0x200000007L, 1, 0);

    @TempDir
    Path mount;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private FluentProducerTemplate template;
    private LustreEndpoint endpoint;
    private int index;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(mount.resolve(".lustre/fid"));
        Files.createDirectories(mount.resolve(".lustre/fault"));
        Files.createDirectories(mount.resolve("a/b"));
    }

    @AfterEach
    void stop() throws IOException {
        Files.deleteIfExists(fault("all"));
        context.stop();
    }

    private void start(String options) throws Exception {
        String uri = "lustre:fs?operation=path&mount=" + mount + "&library=" + FakeLustre.library() + options;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        });
        context.start();
        endpoint = context.getEndpoint(uri, LustreEndpoint.class);
        template = context.createFluentProducerTemplate();
        template.setDefaultEndpointUri("direct:in");
    }

    private Path fault(String of) {
        return mount.resolve(".lustre/fault").resolve(of);
    }

    private Path file(String name) throws IOException {
        return Files.createFile(mount.resolve(name));
    }

    private static Fid fid(Path path) throws IOException {
        Number inode = (Number) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        return new Fid(0x200000badL, inode.intValue(), 0);
    }

    private ChangelogRecord record(RecordBuilder builder) {
        return builder.index(++index).time(index, 0).build("fs-MDT0000");
    }

    private ChangelogRecord about(RecordType type, Fid target) {
        return record(new RecordBuilder(type).target(target));
    }

    private RecordPaths paths(ChangelogRecord record) {
        Exchange exchange = template.withBody(record).send();
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(ChangelogRecord.class).paths().orElseThrow();
    }

    @Test
    void eachNameOfAFileIsFound() throws Exception {
        start("&allNames=true");
        Path file = file("a/b/one");
        Files.createLink(mount.resolve("a/two \u00e9\nx"), file);
        Files.createLink(mount.resolve("three"), file);
        RecordPaths paths = paths(about(RecordType.CLOSE, fid(file)));
        assertThat(paths.reason()).isEmpty();
        assertThat(paths.names())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("/a/b/one", "/a/two \u00e9\nx", "/three");
        assertThat(paths.names()).contains(paths.path().orElseThrow());
    }

    @Test
    void whatIsFoundIsKeptRightByTheStream() throws Exception {
        start("");
        Path file = file("a/b/f");
        assertThat(paths(about(RecordType.CLOSE, fid(file)))).hasToString("/a/b/f");
        long asked = endpoint.getPathLookUps();
        assertThat(asked).as("the file and two directories").isEqualTo(3);

        Fid b = fid(mount.resolve("a/b"));
        Files.move(mount.resolve("a/b"), mount.resolve("c"));
        ChangelogRecord moved = record(new RecordBuilder(RecordType.RENME)
                .rename(b, fid(mount.resolve("a")))
                .parent(ROOT)
                .name("c")
                .oldName("b"));
        assertThat(paths(moved)).hasToString("/c from /a/b");
        assertThat(paths(about(RecordType.OPEN, fid(mount.resolve("c/f"))))).hasToString("/c/f");
        assertThat(endpoint.getPathLookUps()).isEqualTo(asked);
        assertThat(endpoint.getPathHits()).isEqualTo(2);
        assertThat(endpoint.getPathMisses()).isEqualTo(1);
    }

    @Test
    void symbolicLinksAndTheRootAreFoundAsWell() throws Exception {
        start("");
        Path link = Files.createSymbolicLink(mount.resolve("a/link"), Path.of("nowhere"));
        assertThat(paths(about(RecordType.SATTR, fid(link)))).hasToString("/a/link");
        assertThat(paths(about(RecordType.SATTR, ROOT))).hasToString("/");
    }

    @Test
    void whatIsGoneIsNoError() throws Exception {
        start("");
        Fid gone = new Fid(0x200000badL, 7, 0);
        assertThat(paths(about(RecordType.CLOSE, gone))).hasToString("null (gone ENOENT)");
        Path directory = Files.createDirectory(mount.resolve("d"));
        Fid removed = fid(directory);
        Files.delete(directory);
        assertThat(paths(record(new RecordBuilder(RecordType.CREAT)
                        .target(new Fid(0x200000badL, 8, 0))
                        .parent(removed)
                        .name("f"))))
                .hasToString(removed + "/f (partial ENOENT)");
        assertThat(endpoint.getPathsGone()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"116, gone ESTALE", "5, failed EIO", "13, failed EACCES", "75, failed errno 75"})
    void anErrorIsTold(int errno, String reason) throws Exception {
        start("");
        Path file = file("f");
        Files.writeString(fault(fid(file).toString()), "" + errno);
        assertThat(paths(about(RecordType.OPEN, fid(file)))).hasToString("null (" + reason + ")");
    }

    @Test
    void oneThatHangsHoldsRecordsOfItsMdtForATimeAndOthersNotAtAll() throws Exception {
        start("&lookUpTimeout=100&maxLookUps=2");
        List<Path> files = List.of(file("f0"), file("f1"), file("f2"), file("free"));
        Path hang = Files.writeString(fault("all"), "hang");
        Files.writeString(fault(fid(files.get(3)).toString()), "0");
        ChangelogBatch batch = ChangelogBatch.of(List.of(
                about(RecordType.OPEN, fid(files.get(0))),
                about(RecordType.OPEN, fid(files.get(1))),
                about(RecordType.OPEN, fid(files.get(2)))));
        Exchange waited = template.withBody(batch).send();
        ChangelogBatch found = waited.getMessage().getBody(ChangelogBatch.class);
        assertThat(found).allMatch(record -> record.paths().orElseThrow().path().isEmpty());
        assertThat(endpoint.getPathsTimedOut()).isEqualTo(3);
        assertThat(endpoint.getLatePathLookUps()).isEqualTo(2);

        Exchange other = template.withBody(new RecordBuilder(RecordType.OPEN)
                        .target(fid(files.get(3)))
                        .build("fs-MDT0001"))
                .send();
        assertThat(other.getMessage().getHeader("CamelLustrePath")).isEqualTo("/free");

        Files.delete(hang);
        await().until(() -> endpoint.getLatePathLookUps() == 0);
        assertThat(paths(about(RecordType.CLOSE, fid(files.get(2))))).hasToString("/f2");
    }

    @Test
    void exchangesOfOneMdtGoOnInTheirOrder() throws Exception {
        start("&lookUpTimeout=60000");
        Path slow = file("slow");
        Path hang = Files.writeString(fault(fid(slow).toString()), "hang");
        Future<Exchange> first =
                template.withBody(about(RecordType.OPEN, fid(slow))).asyncSend();
        await().until(() -> endpoint.getPathLookUps() == 1);
        Future<Exchange> second = template.withBody(record(new RecordBuilder(RecordType.CREAT)
                        .target(1, 2, 3)
                        .parent(ROOT)
                        .name("quick")))
                .asyncSend();
        assertThat(second).isNotDone();
        Files.delete(hang);
        assertThat(second.get().getMessage().getHeader("CamelLustrePath")).isEqualTo("/quick");
        assertThat(first.get().getMessage().getHeader("CamelLustrePath")).isEqualTo("/slow");
    }

    @Test
    void whatAFileIsCanBeAskedFor() throws Exception {
        start("&attributes=true");
        Path file = Files.writeString(mount.resolve("a/b/f"), "12345");
        Files.createLink(mount.resolve(".lustre/fid").resolve(fid(file).toString()), file);
        Files.writeString(mount.resolve(".lustre/fid").resolve(fid(file) + ".pool"), "fast\n");
        ObjectAttributes attributes =
                paths(about(RecordType.CLOSE, fid(file))).attributes().orElseThrow();
        assertThat(attributes.size()).isEqualTo(5);
        assertThat(attributes.mode()).isEqualTo(Files.getAttribute(file, "unix:mode"));
        assertThat(attributes.uid()).isEqualTo(((Number) Files.getAttribute(file, "unix:uid")).longValue());
        assertThat(attributes.pool()).isEqualTo("fast");
        assertThat(paths(about(RecordType.CLOSE, new Fid(0x200000badL, 7, 0))).attributes())
                .isEmpty();
    }
}
