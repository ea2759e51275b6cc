package dev.telemetry.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpServer;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sent.SentRecorder;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The way from an installation to the server that receives its events: the real sink for
 * JSON over HTTP, a real request over loopback, and a server that reads each event of it.
 */
final class FleetWire {

	/** So many events in a request are measured; what is between lies between. */
	static final List<Integer> MEASURED = List.of(1, 2, 3, 5, 10, 20, 80, 512);

	private static final int REPEATED = 50;

	private static final JsonFactory JSON = new JsonFactory();

	private long made;

	/** Return the mean size of requests with so many events, in bytes of the body. */
	double bytes(int events, boolean gzip) throws Exception {
		double bytes = 0;
		for (int i = 0; i < REPEATED; i++) {
			bytes += request(events, gzip);
		}
		return bytes / REPEATED;
	}

	/**
	 * Send one request, of an installation of its own, and return the bytes of its
	 * bodies.
	 */
	int request(int events, boolean gzip) throws Exception {
		int[] bytes = { 0 };
		bodies(events, gzip, (body) -> bytes[0] += body.length);
		return bytes[0];
	}

	/** Return the identifiers that the server reads out of one request without gzip. */
	List<UUID> identifiers(int events) throws Exception {
		List<UUID> identifiers = new ArrayList<>();
		bodies(events, false, (body) -> read(body, identifiers));
		return identifiers;
	}

	private void bodies(int events, boolean gzip, Consumer<byte[]> bodies) throws Exception {
		Server server = Server.of(gzip);
		server.bodies.set(bodies);
		long installation = this.made++;
		EventOrigin origin = new EventOrigin("shop", "1.4.2", hex(installation, 4), hex(installation, 2), "linux",
				"amd64", "17");
		List<Event> batch = new ArrayList<>();
		for (int i = 0; i < events; i++) {
			batch.add(Event.builder("order.placed")
				.type("feature.used")
				.origin(origin)
				.timestampMillis(1_796_083_200_000L + installation * 1000 + i * 700L)
				.attribute("items", 1 + (installation + i) % 9)
				.attribute("duration_ms", 0.25 + ((installation * 31 + i * 17) % 1000) / 100.0)
				.attribute("success", i % 50 != 49)
				.attribute("outcome", (i % 50 != 49) ? "ok" : "error")
				.build());
		}
		server.sink.emitAll(batch);
	}

	/** As random as the real ones, which do not compress either. */
	private static String hex(long installation, int words) {
		SplittableRandom random = new SplittableRandom(installation * 8 + words);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < words; i++) {
			text.append(HexFormat.of().toHexDigits(random.nextLong()));
		}
		return text.toString();
	}

	/** What a server has to do: open it, read each event, take its identifier. */
	private static void read(byte[] body, List<UUID> identifiers) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
			int depth = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				depth += token.isStructStart() ? 1 : (token.isStructEnd() ? -1 : 0);
				if (depth == 2 && token == JsonToken.PROPERTY_NAME && parser.currentName().equals("id")) {
					parser.nextToken();
					identifiers.add(UUID.fromString(parser.getString()));
				}
			}
		}
	}

	/** Return the size of any number of events, by what was measured. */
	static IntToDoubleFunction interpolated(List<double[]> sizes) {
		return (events) -> {
			int above = 1;
			while (above < sizes.size() - 1 && sizes.get(above)[0] < events) {
				above++;
			}
			double[] low = sizes.get(above - 1);
			double[] high = sizes.get(above);
			return low[1] + (high[1] - low[1]) * (events - low[0]) / (high[0] - low[0]);
		};
	}

	/** A server on loopback with a sink that sends to it; both end with the process. */
	private static final class Server {

		private static final AtomicReference<Server> PLAIN = new AtomicReference<>();

		private static final AtomicReference<Server> ZIPPED = new AtomicReference<>();

		private final AtomicReference<Consumer<byte[]>> bodies = new AtomicReference<>();

		private final TelemetrySink sink;

		private Server(boolean gzip) throws Exception {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/events", (exchange) -> {
				byte[] body = exchange.getRequestBody().readAllBytes();
				this.bodies.get().accept(body);
				read(gzip ? opened(body) : body, new ArrayList<>());
				exchange.sendResponseHeaders(204, -1);
				exchange.close();
			});
			server.setExecutor((task) -> {
				Thread thread = new Thread(task, "fleet-server");
				thread.setDaemon(true);
				thread.start();
			});
			server.start();
			HttpSettings settings = new HttpSettings(
					URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events"), HttpHeaders.NONE, gzip,
					HttpSettings.DEFAULT_EXPORT_TIMEOUT, "telemetry.http.endpoint", SentRecorder.NONE);
			this.sink = new HttpJsonSinkFactory(settings, TlsSource.JAVA)
				.create(new SinkSession(EventOrigin.of("shop", "1.4.2"), "config"));
		}

		static Server of(boolean gzip) throws Exception {
			AtomicReference<Server> one = gzip ? ZIPPED : PLAIN;
			if (one.get() == null) {
				one.set(new Server(gzip));
			}
			return one.get();
		}

		private static byte[] opened(byte[] body) throws IOException {
			try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
				return in.readAllBytes();
			}
		}

	}

}
