package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.storage.Home;

/**
 * What can be interrupted by a crash. As a program it gives one command to an
 * installation and prints {@code done} once it has been answered.
 */
enum CrashedCommand {

	/** A first yes. */
	ENABLE,

	/** A yes after a no. */
	ENABLE_AGAIN,

	/** A yes over one by configuration, when events wait; then they are sent. */
	TAKE_OVER,

	/** A no after a yes, when events wait. */
	DISABLE,

	/** The first events after a yes, kept here and sent. */
	SEND,

	/** Events that wait here, since the receiver is down. */
	SPILL,

	/** Events that waited for the receiver are sent. */
	REPLAY,

	/** A reset, when something was sent before. */
	RESET;

	static final int EVENTS = 3;

	static final String DONE = "done";

	private static final String RECEIVER = "receiver";

	/** Beside the home: what a receiver elsewhere got. */
	static Path received(Path home) {
		return home.resolveSibling("received.txt");
	}

	static Installation open(Path home) {
		return open(home, new AtomicBoolean(true));
	}

	private static Installation open(Path home, AtomicBoolean up) {
		TelemetrySink receiver = (event) -> {
			if (!up.get()) {
				throw new TelemetryException(TelemetryException.Kind.IO, "not there", true, null);
			}
			try {
				Files.writeString(received(home), event.machineId() + "\n", StandardOpenOption.CREATE,
						StandardOpenOption.APPEND);
			}
			catch (IOException ex) {
				throw new TelemetryException(TelemetryException.Kind.IO, "not received", false, ex);
			}
		};
		Installation here = new Installation(home, List.of(TelemetrySinkFactory.of(RECEIVER, receiver)), Map.of());
		if (Files.exists(configuration(home))) {
			here.say(11, "telemetry.yaml", "true");
		}
		return here;
	}

	/** Beside the home: is there while configuration says yes. */
	private static Path configuration(Path home) {
		return home.resolveSibling("configured");
	}

	/** Bring about what the command needs to be given. */
	void prepare(Path home) throws IOException, InterruptedException {
		if (this == TAKE_OVER) {
			Files.createFile(configuration(home));
		}
		try (Installation here = open(home, new AtomicBoolean(isUp()))) {
			prepare(here);
		}
	}

	private void prepare(Installation here) {
		switch (this) {
			case ENABLE -> {
			}
			case ENABLE_AGAIN -> here.disable();
			case TAKE_OVER -> spill(here);
			case SEND, SPILL -> here.enable(ConsentScope.EXPORT);
			case DISABLE, REPLAY -> {
				here.enable(ConsentScope.EXPORT);
				spill(here);
			}
			case RESET -> {
				here.enable(ConsentScope.EXPORT);
				here.recordAndFlush("order.placed");
			}
		}
	}

	/** Whether the receiver is there while the command is prepared. */
	private boolean isUp() {
		return this != DISABLE && this != SPILL && this != REPLAY && this != TAKE_OVER;
	}

	private static void spill(Installation here) {
		for (int i = 0; i < EVENTS; i++) {
			here.context.context().record("order.placed");
		}
		Patience.until("the events are in the spill", () -> {
			here.context.flush(Duration.ZERO);
			return here.context.status()
				.sinks()
				.stream()
				.anyMatch((sink) -> sink.name().equals(RECEIVER) && sink.spilled() == EVENTS);
		});
	}

	void give(Path home) {
		AtomicBoolean up = new AtomicBoolean(isUp() || this == REPLAY);
		try (Installation here = open(home, up)) {
			here.now = here.now.plus(Duration.ofMinutes(1));
			switch (this) {
				case ENABLE, ENABLE_AGAIN -> here.enable(ConsentScope.EXPORT);
				case TAKE_OVER -> {
					here.enable(ConsentScope.EXPORT);
					up.set(true);
					here.recordAndFlush("order.placed");
				}
				case DISABLE -> here.disable();
				case SPILL -> spill(here);
				case REPLAY -> here.recordAndFlush("order.placed");
				case SEND -> {
					for (int i = 0; i < EVENTS; i++) {
						here.recordAndFlush("order.placed");
					}
				}
				case RESET -> reset(here);
			}
			System.out.println(DONE);
		}
	}

	private static void reset(Installation here) {
		IdJournal journal = here.journal;
		SentIds ids = new SentIds() {

			@Override
			public List<String> ids() throws IOException {
				return List.copyOf(journal.ids());
			}

			@Override
			public void erase() throws IOException {
				journal.erase();
			}

		};
		MachineIdSource machineIds = new MachineIdSource(MachineIdMode.ROTATING, "demo-app.telemetry.v1",
				Home.chosen(here.home));
		DeletionRequests requests = new DeletionRequests(new DeletionSettings("demo-app", null, null, null),
				Home.chosen(here.home), () -> null, new Problems(), DeliveryRuntime.system());
		new TelemetryReset(here.gate::reset, ids,
				List.of(new Erasure("local log", new LocalLog(here.log())::erase),
						new Erasure("spill", new Spill(Home.chosen(here.home), SpillSettings.DEFAULTS)::erase),
						new Erasure("install secret", machineIds::forget)),
				requests)
			.reset("command");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Give one command, or several one after the other.
	 * @param arguments for each the command and the home
	 */
	public static void main(String[] arguments) {
		for (int i = 0; i < arguments.length; i += 2) {
			valueOf(arguments[i]).give(Path.of(arguments[i + 1]));
		}
	}

}
