package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * One process with a home: the real gate, store, context and local log, a remote receiver
 * that remembers, clocks that stand still, and threads that are counted. What is said
 * about consent outside the record can be changed at any time.
 */
final class Installation implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	static final String USER = "malice";

	static final String HOST = "build-7";

	final Path home;

	final List<ConsentInput> said = new CopyOnWriteArrayList<>();

	final List<Thread> threads = new CopyOnWriteArrayList<>();

	final AtomicLong nanos = new AtomicLong();

	final RecordingSink remote = new RecordingSink();

	final Problems problems = new Problems();

	final IdJournal journal;

	final ConsentGate gate;

	final TelemetrySdk context;

	/** What keeps a grant from reaching beyond this machine. */
	volatile @Nullable String cap;

	/** What happens while a file of the home that is absent is waited for. */
	volatile Runnable meanwhile = () -> {
	};

	volatile Instant now = Instant.parse("2026-11-21T03:00:00Z");

	Installation(Path home) {
		this(home, List.of(), Map.of());
	}

	Installation(Path home, List<TelemetrySinkFactory> more, Map<String, String> metadata) {
		this(home, more, metadata, Fault.NONE);
	}

	Installation(Path home, List<TelemetrySinkFactory> more, Map<String, String> metadata, Fault fault) {
		this(home, more, metadata, fault, ConsentStore.file(Home.chosen(home), "demo-app"));
	}

	Installation(Path home, List<TelemetrySinkFactory> more, Map<String, String> metadata, Fault fault,
			ConsentStore store) {
		this.home = home;
		Home ours = Home.chosen(home);
		this.journal = new IdJournal(ours, this::now);
		this.gate = ConsentGate.builder(fault.store(store))
			.tool("demo-app")
			.sources(List.of(() -> List.copyOf(this.said),
					fault.optInFile(ConsentSource.optInFile(ours, this.problems))))
			.cap(() -> ConsentCap.of(this.cap))
			.clocks(this::now, this.nanos::get)
			.earliest(Instant.EPOCH)
			.problems(this.problems)
			.closeWait(PATIENCE)
			.pause(() -> this.meanwhile.run())
			.build();
		DropCounters dropped = new DropCounters();
		DeliveryRuntime runtime = new DeliveryRuntime(this::now, System::nanoTime, new SplittableRandom(1), counted());
		MachineIdSource machineIds = new MachineIdSource(MachineIdMode.ROTATING, "demo-app.telemetry.v1", ours);
		List<TelemetrySinkFactory> sinks = new ArrayList<>(List.of(localLog(), this.remote));
		sinks.addAll(more);
		TelemetrySdkBuilder builder = TelemetrySdk.builder()
			.tool("demo-app")
			.gate(this.gate)
			.metadata(metadata)
			.machineIds(machineIds, this.journal)
			.pipeline(new EventPipeline(List.of(), List.of(), 1024, 512,
					new Redactor(USER, HOST, List.of("/srv/people/" + USER)), dropped), dropped)
			.delivery(DeliverySettings.DEFAULTS, Duration.ZERO)
			.spill(new Spill(ours, SpillSettings.DEFAULTS))
			.problems(this.problems)
			.runtime(runtime, new Sampler(() -> 0));
		sinks.forEach(builder::sink);
		fault.beforeAnyYes(this.gate, machineIds, sinks);
		this.context = fault.context(builder, this.gate, sinks, runtime);
		this.gate.refresh();
	}

	private Instant now() {
		return this.now;
	}

	private ThreadFactory counted() {
		return (task) -> {
			Thread thread = new Thread(task);
			this.threads.add(thread);
			return thread;
		};
	}

	ConsentAnswer enable(ConsentScope scope) {
		return this.gate.enable(scope, null, "actuator");
	}

	ConsentAnswer disable() {
		return this.gate.disable("actuator");
	}

	ConsentDecision say(int rule, String input, @Nullable String value) {
		this.said.removeIf((other) -> other.input().equals(input));
		this.said.add(new ConsentInput(rule, input, value, (value != null) ? "environment " + input : null, false));
		return this.gate.refresh();
	}

	/** Record an event and wait until it is where it goes. */
	void recordAndFlush(String name) {
		this.context.context().record(name);
		if (!this.context.flush(PATIENCE)) {
			throw new IllegalStateException("not delivered: " + this.context.status());
		}
	}

	Set<String> noted() throws TelemetryException {
		try {
			return this.journal.ids();
		}
		catch (IOException ex) {
			throw new TelemetryException(TelemetryException.Kind.IO, "no journal", false, ex);
		}
	}

	Path log() {
		return this.home.resolve("telemetry.log");
	}

	String logged() throws IOException {
		return Files.exists(log()) ? Files.readString(log()) : "";
	}

	/** Everything on disk, as text; a byte is a character. */
	String everythingOnDisk() throws IOException {
		StringBuilder text = new StringBuilder();
		for (Path file : files(this.home)) {
			text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
		}
		return text.toString();
	}

	/**
	 * The files below a directory. One that its owner removes meanwhile is none.
	 */
	static List<Path> files(Path directory) {
		if (!Files.exists(directory)) {
			return List.of();
		}
		List<Path> files = new ArrayList<>();
		try {
			Files.walkFileTree(directory, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (attributes.isRegularFile()) {
						files.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
					if (ex instanceof NoSuchFileException) {
						return FileVisitResult.CONTINUE;
					}
					throw ex;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return files;
	}

	static List<String> fieldNames(String json) {
		return Arrays.stream(json.split("[{,]"))
			.filter((part) -> !part.isEmpty())
			.map((part) -> part.split("\"")[1])
			.toList();
	}

	private TelemetrySinkFactory localLog() {
		return new LocalLogFactory(log(), this::now);
	}

	/**
	 * As the application ends, and then until its threads have ended: no file of the home
	 * is removed while a test reads it afterwards.
	 */
	@Override
	public void close() {
		this.context.close();
		for (Thread thread : this.threads) {
			Patience.until("the end of " + thread.getName(), () -> !thread.isAlive());
		}
	}

	/** Makes the local log. */
	private record LocalLogFactory(Path path, InstantSource clock) implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "file";
		}

		@Override
		public String target() {
			return "telemetry.log";
		}

		@Override
		public boolean remote() {
			return false;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			return new FileSink(this.path, LogRotation.DEFAULT, this.clock);
		}

	}

}
