package dev.telemetry.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpServer;

/**
 * Where events go in tests: a server that takes everything.
 */
final class Receiver {

	private Receiver() {
	}

	static HttpServer start() throws IOException {
		return start((body) -> {
		});
	}

	static HttpServer start(Consumer<byte[]> bodies) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			bodies.accept(exchange.getRequestBody().readAllBytes());
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	static String property(HttpServer server) {
		return "telemetry.http.endpoint=http://localhost:" + server.getAddress().getPort() + "/events";
	}

}
