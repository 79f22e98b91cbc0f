// SPDX-License-Identifier: Apache-2.0
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.Netty4Plugin;

/** One node of Elasticsearch on this machine until it is killed. Arguments: folder of its data, port, its own settings as KEY=VALUE. */
final class Server extends Node {
    private Server(Settings settings) {
        super(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"),
                List.of(Netty4Plugin.class),
                false);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Settings.Builder settings = Settings.builder()
                .put("path.home", folder.toString())
                .put("path.data", folder.resolve("data").toString())
                .put("path.logs", folder.resolve("logs").toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", arguments[1])
                .put("transport.port", "0")
                .put("discovery.type", "single-node")
                .put("node.processors", "2")
                // the disk of a test machine may be nearly full, and a block that a test sets must stay
                .put("cluster.routing.allocation.disk.threshold_enabled", "false");
        for (String own : List.of(arguments).subList(2, arguments.length)) {
            settings.put(own.substring(0, own.indexOf('=')), own.substring(own.indexOf('=') + 1));
        }
        new Server(settings.build()).start();
        System.out.println("started");
        Thread.currentThread().join();
    }
}
