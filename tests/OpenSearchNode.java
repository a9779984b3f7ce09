/* SPDX-License-Identifier: MIT
 *
 * One node of OpenSearch in this process, so that no distribution of it is
 * needed, and root may run it.
 * usage: OpenSearchNode DIR HTTP-PORT TRANSPORT-PORT
 */
import java.nio.file.Path;
import java.util.List;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

public class OpenSearchNode extends Node {
	OpenSearchNode(Environment environment, List<Class<? extends Plugin>> plugins) {
		super(environment, plugins, false);
	}

	public static void main(String[] args) throws Exception {
		Settings settings = Settings.builder()
		    .put("path.home", args[0])
		    .put("path.data", args[0] + "/data")
		    .put("path.logs", args[0] + "/logs")
		    .put("discovery.type", "single-node")
		    .put("network.host", "127.0.0.1")
		    .put("http.port", args[1])
		    .put("transport.port", args[2])
		    .put("http.type", "netty4")
		    .put("transport.type", "netty4")
		    .put("cluster.routing.allocation.disk.threshold_enabled", false)
		    .put("node.store.allow_mmap", false)
		    .build();
		Node node = new OpenSearchNode(
		    new Environment(settings, Path.of(args[0], "config")),
		    List.of(Netty4Plugin.class));

		node.start();
		Thread.currentThread().join();
	}
}
