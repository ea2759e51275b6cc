package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.telemetry.sdk.Patience;

/** A server that reads requests and answers none of them until it is let go. */
final class HangingReceiver implements AutoCloseable {

	private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

	private final AtomicLong answered = new AtomicLong();

	private final CountDownLatch asked = new CountDownLatch(1);

	private final CountDownLatch free = new CountDownLatch(1);

	HangingReceiver() throws IOException {
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.asked.countDown();
		try {
			Patience.await("the server to be let go", this.free);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		this.bodies.add(body);
		this.answered.incrementAndGet();
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	void awaitRequest() throws InterruptedException {
		Patience.await("a request that hangs", this.asked);
	}

	void letGo() {
		this.free.countDown();
	}

	long answered() {
		return this.answered.get();
	}

	Set<String> ids() {
		return EventIdsIn.distinct(String.join("\n", this.bodies));
	}

	@Override
	public void close() {
		letGo();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
