package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sink.TelemetryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of events when one grant follows another without a denial in between: what
 * the next one covers is stored and sent as it was to be, and nothing else is.
 */
class GrantTakeoverTests {

	@TempDir
	private Path directory;

	@Test
	void grantOverConfigurationDropsNothingThatWaits() throws Exception {
		try (Installation here = configured()) {
			String session = here.context.status().sessionId();
			spill(here, "waits.on.disk");
			here.context.context().record("waits.in.memory");
			here.enable(ConsentScope.EXPORT);
			assertThat(here.context.status().sessionId()).isEqualTo(session);
			assertThat(spilled(here)).isNotEmpty();
			here.remote.before = () -> {
			};
			here.recordAndFlush("after.grant");
			assertThat(here.remote.names()).containsExactly("waits.on.disk", "waits.in.memory", "after.grant");
			assertThat(here.remote.made).as("sinks go on as well").hasValue(1);
			assertThat(here.context.status().sinks()).allSatisfy(GrantTakeoverTests::lostNothing);
		}
	}

	@Test
	void whatWaitsUnderConfigurationIsSentByTheNextStartUnderTheRecord() throws Exception {
		try (Installation here = configured()) {
			spill(here, "before.grant");
			here.enable(ConsentScope.EXPORT);
			here.context.context().record("after.grant");
			here.context.flush(Duration.ZERO);
			Patience.until("the second one waits on disk too",
					() -> here.context.status().sinks().stream().mapToLong(DeliveryStatus::spilled).sum() == 2);
		}
		// Configuration says nothing any more
		try (Installation here = start()) {
			here.recordAndFlush("after.start");
			awaitReceived(here, 3);
			assertThat(here.remote.names()).contains("before.grant", "after.grant", "after.start");
			assertThat(here.context.status().sinks()).allSatisfy(GrantTakeoverTests::lostNothing);
		}
	}

	@Test
	void renewedGrantSendsWhatWaitsUnderTheOneBefore() throws Exception {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			here.now = here.now.plus(Duration.ofDays(394));
			spill(here, "before.expiry");
			here.now = here.now.plus(Duration.ofDays(2));
			here.gate.refresh();
			assertThat(here.context.context().isCollecting()).isFalse();
			here.remote.before = () -> {
			};
			here.enable(ConsentScope.EXPORT);
			awaitReceived(here, 1);
			assertThat(here.remote.names()).containsExactly("before.expiry");
		}
	}

	@Test
	void whatWasAcceptedForThisMachineNeverLeavesIt() throws Exception {
		Files.createDirectories(this.directory.resolve("home"));
		Files.writeString(this.directory.resolve("home/telemetry.opt-in"), "true");
		try (Installation here = start()) {
			String session = here.context.status().sessionId();
			here.recordAndFlush("logged.before");
			here.context.context().record("buffered.before");
			EventScope begun = here.context.context().start(EventType.of("begun.before"));
			EventScope both = here.context.context()
				.start(EventType.of("succeeded.before"), EventType.of("failed.before"));
			here.enable(ConsentScope.EXPORT);
			begun.close();
			both.close();
			assertThat(here.context.status().sessionId()).isEqualTo(session);
			here.recordAndFlush("after.grant");
			assertThat(here.logged()).contains("logged.before", "buffered.before", "begun.before", "succeeded.before",
					"after.grant");
			assertThat(here.remote.names()).containsExactly("after.grant");
			assertThat(here.context.status().sinks()).allSatisfy(GrantTakeoverTests::lostNothing);
		}
		try (Installation here = start()) {
			here.recordAndFlush("after.start");
			assertThat(here.remote.names()).containsExactly("after.start");
		}
	}

	@Test
	void grantForThisMachineForgetsWhatWasToLeaveAndStoresTheRest() throws Exception {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			String session = here.context.status().sessionId();
			spill(here, "on.disk");
			here.context.context().record("in.memory");
			here.enable(ConsentScope.LOCAL);
			assertThat(here.logged()).as("what this machine may keep").contains("on.disk", "in.memory");
			assertThat(here.home.resolve("spill")).doesNotExist();
			assertThat(here.context.status().sessionId()).isNotEqualTo(session);
			here.remote.before = () -> {
			};
			here.recordAndFlush("after.grant");
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("after.export");
			assertThat(here.remote.names()).containsExactly("after.export");
			assertThat(here.logged()).contains("after.grant", "after.export");
		}
	}

	@Test
	void capKeepsWhatWaitsAndStoresTheRest() throws Exception {
		try (Installation here = start()) {
			here.enable(ConsentScope.EXPORT);
			String session = here.context.status().sessionId();
			spill(here, "on.disk");
			here.cap = "telemetry.local-only is true";
			here.gate.refresh();
			assertThat(spilled(here)).hasSize(1);
			here.recordAndFlush("while.capped");
			here.remote.before = () -> {
			};
			here.cap = null;
			here.gate.refresh();
			awaitReceived(here, 1);
			here.recordAndFlush("after.cap");
			assertThat(here.remote.names()).containsExactly("on.disk", "after.cap");
			assertThat(here.logged()).contains("on.disk", "while.capped", "after.cap");
			assertThat(here.context.status().sessionId()).isEqualTo(session);
		}
	}

	private Installation configured() {
		Installation here = start();
		here.say(2, "telemetry.enabled", "true");
		return here;
	}

	private Installation start() {
		return new Installation(this.directory.resolve("home"), List.of(), Map.of());
	}

	/** Have an event wait on disk because its receiver is away. */
	private static void spill(Installation here, String name) {
		CountDownLatch tried = new CountDownLatch(1);
		here.remote.before = () -> {
			tried.countDown();
			throw new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 503", true, null);
		};
		here.context.context().record(name);
		here.context.flush(Duration.ZERO);
		RecordingSink.await(tried);
	}

	private static Set<Path> spilled(Installation here) throws IOException {
		return Set.copyOf(Installation.files(here.home.resolve("spill"))
			.stream()
			.filter((file) -> file.toString().endsWith(".batch"))
			.toList());
	}

	private static void awaitReceived(Installation here, int events) throws IOException {
		Patience.until("received " + events, () -> here.remote.received.size() >= events);
	}

	private static void lostNothing(DeliveryStatus status) {
		assertThat(status.dropped()).as(status.name()).isEmpty();
		assertThat(status.balanced()).as(status.name()).isTrue();
	}

}
