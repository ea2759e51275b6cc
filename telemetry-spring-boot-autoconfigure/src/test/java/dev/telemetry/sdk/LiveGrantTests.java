package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sink.TelemetryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A grant by the file {@code telemetry.opt-in} of the home lasts while it stands there:
 * nobody asks for status here.
 */
class LiveGrantTests {

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void optIn() throws IOException {
		this.file = Files.createDirectories(this.directory.resolve("home")).resolve("telemetry.opt-in");
		Files.writeString(this.file, "true\n");
	}

	@ParameterizedTest
	@EnumSource
	void grantEndsWithTheFile(Ending ending) throws Exception {
		try (Installation here = new Installation(this.directory.resolve("home"))) {
			here.recordAndFlush("before");
			ending.change(this.file);
			here.recordAndFlush("too.early.for.another.look");
			here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(here.context.context().isCollecting()).as("no check has run yet").isTrue();
			here.context.context().record("after");
			here.context.flush(Duration.ZERO);
			Patience.until("the next event finds out", () -> here.gate.decision().state() == ConsentState.UNDECIDED);
			here.context.context().record("long.after");
			assertThat(here.context.flush(Installation.PATIENCE)).isTrue();
			assertThat(here.logged()).contains("before", "too.early.for.another.look").doesNotContain("after");
			assertThat(here.gate.decision().state()).isEqualTo(ConsentState.UNDECIDED);
			assertThat(here.context.status().sinks()).singleElement().satisfies((sink) -> {
				assertThat(sink.dropped()).containsEntry("withdrawn", 1L);
				assertThat(sink.balanced()).isTrue();
			});
			Files.deleteIfExists(this.file);
			Files.writeString(this.file, "true\n");
			here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			here.context.context().record("unasked");
			assertThat(here.context.context().isCollecting()).as("a grant is never looked for").isFalse();
			assertThat(here.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void grantOutlivesTheReplacingOfTheFile(Replacing replacing) throws Exception {
		try (Installation here = new Installation(this.directory.resolve("home"))) {
			String session = here.context.status().sessionId();
			replacing.begin(this.file);
			here.meanwhile = () -> replacing.finish(this.file);
			for (int i = 0; i < 3; i++) {
				here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
				here.recordAndFlush("event." + i);
			}
			assertThat(here.logged()).contains("event.0", "event.1", "event.2");
			assertThat(here.context.status().sessionId()).isEqualTo(session);
		}
	}

	@Test
	void retriesEndWithTheGrantAndWhatWaitsOnDiskStays() throws Exception {
		Files.delete(this.file);
		AtomicInteger tries = new AtomicInteger();
		try (Installation here = new Installation(this.directory.resolve("home"))) {
			here.say(11, "telemetry.yaml", "true");
			here.remote.before = () -> {
				tries.incrementAndGet();
				throw new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 503", true, null);
			};
			here.context.context().record("waits");
			here.context.flush(Duration.ZERO);
			Patience.until("it was tried", () -> tries.get() > 0);
			here.said.clear();
			here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			int before = tries.get();
			Patience.until("the retry finds out by itself", () -> !here.context.context().isCollecting());
			assertThat(tries).hasValue(before);
			assertThat(Installation.files(here.home.resolve("spill")))
				.anyMatch((spilled) -> spilled.toString().endsWith(".batch"));
			here.remote.before = () -> {
			};
			here.say(11, "telemetry.yaml", "true");
			Patience.until("it is sent when the grant is back", () -> here.remote.names().contains("waits"));
		}
	}

	@Test
	void requestThatHangsEndsWithTheGrant() throws Exception {
		Files.delete(this.file);
		CountDownLatch sending = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (Installation here = new Installation(this.directory.resolve("home"))) {
			here.say(11, "telemetry.yaml", "true");
			here.remote.before = () -> {
				sending.countDown();
				RecordingSink.await(released);
			};
			here.context.context().record("hangs");
			here.context.flush(Duration.ZERO);
			RecordingSink.await(sending);
			here.said.clear();
			here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			Patience.until("a check runs while it hangs", () -> !here.context.context().isCollecting());
			released.countDown();
			Patience.until("closed", () -> here.gate.decision().state() == ConsentState.UNDECIDED);
			here.context.context().record("after");
			assertThat(here.remote.names()).doesNotContain("after");
		}
	}

	@Test
	void recordedDenialErasesWhatTheFileLeft() throws Exception {
		Files.delete(this.file);
		try (Installation here = new Installation(this.directory.resolve("home"))) {
			here.say(11, "telemetry.yaml", "true");
			CountDownLatch tried = new CountDownLatch(1);
			here.remote.before = () -> {
				tried.countDown();
				throw new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 503", true, null);
			};
			here.context.context().record("waits");
			here.context.flush(Duration.ZERO);
			RecordingSink.await(tried);
			here.said.clear();
			here.gate.refresh();
			assertThat(here.home.resolve("spill")).exists();
			here.disable();
			assertThat(here.home.resolve("spill")).doesNotExist();
		}
	}

	@Test
	void capEndsOnlyWhatLeaves() throws Exception {
		Files.delete(this.file);
		try (Installation here = new Installation(this.directory.resolve("home"))) {
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("before");
			here.cap = "telemetry.local-only is true";
			here.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			here.context.context().record("found.out");
			here.context.flush(Duration.ZERO);
			Patience.until("the next event finds out", () -> here.gate.decision().scope() == ConsentScope.LOCAL);
			here.recordAndFlush("after");
			assertThat(here.logged()).contains("before", "found.out", "after");
			assertThat(here.remote.names()).containsExactly("before");
			assertThat(here.context.status().sinks()).filteredOn(DeliveryStatus::remote)
				.singleElement()
				.satisfies((sink) -> {
					assertThat(sink.dropped()).containsEntry("withdrawn", 1L);
					assertThat(sink.balanced()).isTrue();
				});
		}
	}

	/** How the file ceases to say yes. */
	enum Ending {

		DELETED {
			@Override
			void change(Path file) throws IOException {
				Files.delete(file);
			}
		},

		SAYS_FALSE {
			@Override
			void change(Path file) throws IOException {
				Files.writeString(file, "false");
			}
		},

		SAYS_SOMETHING_ELSE {
			@Override
			void change(Path file) throws IOException {
				Files.writeString(file, "perhaps");
			}
		},

		EMPTIED {
			@Override
			void change(Path file) throws IOException {
				Files.writeString(file, "");
			}
		},

		REPLACED_BY_RENAMING {
			@Override
			void change(Path file) throws IOException {
				Files.move(Files.writeString(file.resolveSibling("telemetry.opt-in~"), "false"), file,
						StandardCopyOption.ATOMIC_MOVE);
			}
		},

		REPLACED_BY_A_LINK {
			@Override
			void change(Path file) throws IOException {
				Path target = Files.writeString(file.resolveSibling("elsewhere"), "true");
				Files.delete(file);
				Files.createSymbolicLink(file, target);
			}
		},

		OPENED_TO_OTHERS {
			@Override
			void change(Path file) throws IOException {
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
			}
		};

		abstract void change(Path file) throws IOException;

	}

	/** How an editor or a deployment replaces a file that goes on saying yes. */
	enum Replacing {

		RENAMES_ANOTHER_OVER_IT {
			@Override
			void begin(Path file) throws IOException {
				Files.writeString(file.resolveSibling("telemetry.opt-in~"), "yes");
			}

			@Override
			void change(Path file) throws IOException {
				Files.move(file.resolveSibling("telemetry.opt-in~"), file, StandardCopyOption.REPLACE_EXISTING);
			}
		},

		MOVES_IT_AWAY_FIRST {
			@Override
			void begin(Path file) throws IOException {
				Files.move(file, file.resolveSibling("telemetry.opt-in~"));
			}

			@Override
			void change(Path file) throws IOException {
				Files.writeString(file, "true");
			}
		},

		TRUNCATES_IT_FIRST {
			@Override
			void begin(Path file) throws IOException {
				Files.writeString(file, "");
			}

			@Override
			void change(Path file) throws IOException {
				Files.writeString(file, "true\n");
			}
		};

		abstract void begin(Path file) throws IOException;

		abstract void change(Path file) throws IOException;

		void finish(Path file) {
			try {
				change(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
