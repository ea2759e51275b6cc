package dev.telemetry.example.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A destination that notes what it is sent, and answers or does not. */
final class Receiver implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final boolean answers;

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final CountDownLatch closed = new CountDownLatch(1);

	private Receiver(boolean answers) throws IOException {
		this.answers = answers;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::take);
		this.server.start();
	}

	static Receiver answering() throws IOException {
		return new Receiver(true);
	}

	static Receiver hanging() throws IOException {
		return new Receiver(false);
	}

	private void take(HttpExchange exchange) throws IOException {
		this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		this.arrived.countDown();
		if (!this.answers) {
			hang();
		}
		exchange.sendResponseHeaders(204, -1);
		exchange.close();
	}

	private void hang() {
		try {
			this.closed.await(2, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	/** Wait for the first request. */
	boolean awaitRequest() throws InterruptedException {
		return this.arrived.await(1, TimeUnit.MINUTES);
	}

	List<String> bodies() {
		return List.copyOf(this.bodies);
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
