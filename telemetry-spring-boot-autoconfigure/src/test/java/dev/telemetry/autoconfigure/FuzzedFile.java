package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.FuzzedSpill;
import dev.telemetry.delivery.RejectedFiles;
import dev.telemetry.event.Event;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.storage.Home;

/**
 * Each file that is read: what is in it when all is well, and what else reads it beside
 * the start. A new file is a new line here.
 */
enum FuzzedFile {

	RECORD("consent.json", ".*") {

		@Override
		void write(Path home) {
			gate(home).enable(ConsentScope.EXPORT, null, "command");
		}

	},

	CONFIGURATION("telemetry.yaml", "(?is).*enabled['\"]?\\s*:.*(1|true|yes|y|on).*") {

		@Override
		void write(Path home) throws IOException {
			Files.writeString(home.resolve("telemetry.yaml"), "enabled: true\nbatch_size: 100\ndebug: false\n");
		}

	},

	OPT_IN("telemetry.opt-in", "(?i)(1|true|yes|y|on)") {

		@Override
		void write(Path home) throws IOException {
			Files.writeString(home.resolve("telemetry.opt-in"), "true\n");
		}

	},

	RECEIPTS("consent-receipts.jsonl", "") {

		@Override
		void write(Path home) throws IOException {
			ConsentGate gate = gate(home);
			gate.enable(ConsentScope.EXPORT, null, "command");
			Files.delete(home.resolve("consent.json"));
		}

		@Override
		void read(Path home) throws IOException {
			gate(home).disable("command");
			Files.deleteIfExists(home.resolve("consent.json"));
		}

	},

	IDS("ids.jsonl", "") {

		@Override
		void write(Path home) throws IOException {
			journal(home).sent("a".repeat(64));
		}

		@Override
		void read(Path home) throws IOException {
			journal(home).ids().forEach((id) -> require(id.matches("[A-Za-z0-9_-]{1,128}"), id));
		}

	},

	SECRET("install-secret", "") {

		@Override
		void write(Path home) throws IOException {
			machineIds(home).get();
		}

		@Override
		void read(Path home) throws IOException {
			String id = String.valueOf(machineIds(home).get());
			require(id.matches("[0-9a-f]{64}"), id);
		}

	},

	SPILL(FuzzedSpill.FILE, "") {

		private final FuzzedSpill spill = new FuzzedSpill();

		@Override
		void write(Path home) throws IOException {
			this.spill.write(home);
		}

		@Override
		void read(Path home) throws IOException {
			this.spill.replay(home);
		}

	},

	LOG("telemetry.log", "") {

		@Override
		void write(Path home) throws IOException {
			Files.writeString(home.resolve("telemetry.log"),
					"""
							{"id":"0192","name":"order.placed","at":"2026-11-21T03:00:00Z","tool":"demo-app","attrs":{"items":2}}
							{"id":"0193","name":"order.placed","at":"2026-11-21T03:00:01Z","tool":"demo-app","attrs":{"ok":true}}
							""");
		}

		@Override
		void read(Path home) throws IOException {
			new LocalLogReader(home.resolve("telemetry.log")).newest(100);
		}

	},

	REJECTED("rejected/http.jsonl", "") {

		@Override
		void write(Path home) throws IOException {
			try {
				rejected(home).keep("http", Event.builder("order.placed").build());
			}
			catch (TelemetryException ex) {
				throw new IOException(ex);
			}
		}

		@Override
		void read(Path home) throws IOException {
			rejected(home).eraseBefore(Instant.EPOCH);
		}

	};

	private final String fileName;

	private final Pattern yes;

	FuzzedFile(String fileName, String yes) {
		this.fileName = fileName;
		this.yes = Pattern.compile(yes, Pattern.DOTALL);
	}

	Path in(Path home) {
		return home.resolve(this.fileName);
	}

	/** Bring the file about as it is when all is well. */
	abstract void write(Path home) throws IOException;

	/**
	 * Read the file as it is read after the start. What cannot be used may be told by an
	 * {@link IOException}, which the callers expect, and by nothing else.
	 */
	void read(Path home) throws IOException {
	}

	/** Whether a yes can stand in the file. */
	boolean canOpen() {
		return !this.yes.pattern().isEmpty();
	}

	/**
	 * Whether a damaged content still is a yes in the eyes of a person: a byte order mark
	 * and white space around words do not count, nor do dashes within a key.
	 */
	boolean saysYes(byte[] content, byte[] intact) {
		String text = new String(content, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "").strip();
		return switch (this) {
			case RECORD -> text.equals(new String(intact, StandardCharsets.UTF_8).strip());
			case CONFIGURATION -> this.yes.matcher(text.replaceAll("[_-]", "")).matches();
			default -> this.yes.matcher(text).matches();
		};
	}

	private static ConsentGate gate(Path home) {
		ConsentGate gate = ConsentGate.builder(ConsentStore.file(Home.chosen(home), "demo-app"))
			.tool("demo-app")
			.build();
		gate.refresh();
		return gate;
	}

	private static IdJournal journal(Path home) {
		return new IdJournal(Home.chosen(home), InstantSource.system());
	}

	private static RejectedFiles rejected(Path home) {
		return new RejectedFiles(Home.chosen(home), Duration.ofDays(30), InstantSource.system());
	}

	private static MachineIdSource machineIds(Path home) {
		return new MachineIdSource(MachineIdMode.ROTATING, "demo-app.telemetry.v1", Home.chosen(home));
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("not an identifier: " + what);
		}
	}

}
