package dev.telemetry.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

/**
 * The order desk as a user runs it: a Java process of its own, on a port the system
 * chooses, with an environment that says nothing about tests or CI.
 */
final class DemoProcess implements AutoCloseable {

	private static final Pattern ADDRESS = Pattern.compile("curl (http://localhost:[0-9]+)/actuator/telemetry ");

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper mapper = new JsonMapper();

	private final List<String> output = new ArrayList<>();

	private final Process process;

	private final String address;

	private final Thread reader;

	private DemoProcess(Process process) {
		this.process = process;
		this.reader = new Thread(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(this::keep),
				"demo-output");
		this.reader.setDaemon(true);
		this.reader.start();
		this.address = awaitAddress();
	}

	/**
	 * Start the demo and wait until its server listens.
	 * @param home where telemetry lives
	 * @param environment variables to set
	 * @param arguments options of the Java process, or of the application when they begin
	 * with two dashes
	 * @return the running demo
	 */
	static DemoProcess start(Path home, Map<String, String> environment, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		List.of(arguments).stream().filter((argument) -> !argument.startsWith("--")).forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), DemoApplication.class.getName()));
		command.addAll(List.of("--server.port=0", "--telemetry.home=" + home));
		List.of(arguments).stream().filter((argument) -> argument.startsWith("--")).forEach(command::add);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		DemoCommand.clear(builder);
		builder.environment().putAll(environment);
		return new DemoProcess(builder.start());
	}

	private String awaitAddress() {
		Patience.until("the demo tells its address", () -> printedAddress().isPresent() || !this.process.isAlive());
		return printedAddress()
			.orElseThrow(() -> new IllegalStateException("The demo did not start:\n" + String.join("\n", output())));
	}

	private Optional<String> printedAddress() {
		return output().stream().map(ADDRESS::matcher).filter(Matcher::find).map((found) -> found.group(1)).findFirst();
	}

	private void keep(String line) {
		synchronized (this.output) {
			this.output.add(line);
		}
	}

	List<String> output() {
		synchronized (this.output) {
			return List.copyOf(this.output);
		}
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(this.address + path)).build(),
				BodyHandlers.ofString());
	}

	HttpResponse<String> post(String path) throws IOException, InterruptedException {
		return this.client.send(
				HttpRequest.newBuilder(URI.create(this.address + path)).POST(BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
	}

	HttpResponse<String> order(int quantity) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(this.address + "/orders"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"sku\":\"A-1\",\"quantity\":" + quantity + "}"))
			.build(), BodyHandlers.ofString());
	}

	Map<String, Object> status() throws IOException, InterruptedException {
		return json(get("/actuator/telemetry"));
	}

	@SuppressWarnings("unchecked")
	Map<String, Object> consent() throws IOException, InterruptedException {
		return (Map<String, Object>) status().get("consent");
	}

	@SuppressWarnings("unchecked")
	Map<String, Object> json(HttpResponse<String> response) {
		return this.mapper.readValue(response.body(), Map.class);
	}

	/**
	 * Return the names of the live threads of the process, as its own tool prints them.
	 */
	List<String> threads() throws IOException, InterruptedException {
		Path output = Files.createTempFile("threads", ".txt");
		try {
			Process jstack = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
					Long.toString(this.process.pid()))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			Patience.exit("jstack", jstack);
			return Files.readAllLines(output)
				.stream()
				.filter((line) -> line.startsWith("\""))
				.map((line) -> line.substring(1, line.indexOf('"', 1)))
				.toList();
		}
		finally {
			Files.delete(output);
		}
	}

	/** Ask the process to end, as an operator would, and wait for it. */
	boolean stop() throws InterruptedException {
		// By its handle: Process.destroy() would also close the output, last words unread
		this.process.toHandle().destroy();
		boolean ended = this.process.waitFor(60, TimeUnit.SECONDS);
		this.reader.join(TimeUnit.SECONDS.toMillis(10));
		return ended;
	}

	@Override
	public void close() {
		this.process.toHandle().destroyForcibly();
		Patience.until("the end of the demo", () -> !this.process.isAlive());
	}

	static List<String> log(Path home) throws IOException {
		Path log = home.resolve("telemetry.log");
		return Files.exists(log) ? Files.readAllLines(log) : List.of();
	}

}
