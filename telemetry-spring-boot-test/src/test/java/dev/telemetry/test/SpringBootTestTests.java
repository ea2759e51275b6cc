package dev.telemetry.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetrySink;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

/** Tests for the test kit in {@code @SpringBootTest}. */
@SpringBootTest(classes = Shop.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpringBootTestTests {

	@Autowired
	private RecordedTelemetry recorded;

	@Autowired
	private Shop.Orders orders;

	@Autowired
	private ConsentGate gate;

	@Test
	void callIsRecordedWithoutAnySetUp() {
		this.orders.place("alice", 2);
		assertThat(this.recorded).recorded("order.placed").once().withAttribute("items", 2).succeeded();
		assertThat(this.recorded).recordedOnlyDeclared().neverRecorded("order.listed");
	}

	@Test
	void failureIsRecordedWithItsType() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.orders.place("alice", 0));
		assertThat(this.recorded).recorded("order.placed").failedWith(IllegalArgumentException.class).once();
	}

	@Test
	void parameterIsTheBean(@Autowired RecordedTelemetry parameter) {
		assertThat((Object) parameter).isSameAs(this.recorded);
	}

	@Test
	void nothingLeavesThisMachineAndNothingIsStored() {
		assertThat(this.gate.decision().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(this.recorded.status().sinks()).hasSize(1);
		assertThat(this.recorded.status().machineId()).isNull();
		assertThat(this.recorded.status().problems()).isEmpty();
	}

	@Test
	void eventsOfAnotherThreadAreSeenWhenItIsDone(@Autowired TelemetryContext telemetry) {
		Executor thread = (task) -> new Thread(task, "worker").start();
		CompletableFuture.runAsync(() -> this.orders.place("alice", 5), thread).join();
		assertThat(this.recorded.values("order.placed", "items")).containsExactly(5L);
	}

	@Test
	@Order(1)
	void firstTestWithdrawsConsent() {
		this.orders.place("alice", 2);
		assertThat(this.recorded).recorded("order.placed");
		this.gate.disable("actuator");
		this.recorded.clear();
		this.orders.place("alice", 2);
		assertThat(this.recorded).recordedNothing();
	}

	@Test
	@Order(2)
	void secondTestBeginsWithConsentAndWithoutEvents() {
		assertThat(this.gate.decision().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(this.recorded).recordedNothing();
		this.orders.place("alice", 2);
		assertThat(this.recorded).recorded("order.placed").once();
	}

	/** A nested class shares the context and begins without events, too. */
	@Nested
	class NestedClass {

		@Test
		void callIsRecorded() {
			SpringBootTestTests.this.orders.place("alice", 1);
			assertThat(SpringBootTestTests.this.recorded).recorded("order.placed").once();
		}

		/** A deeper one may have a consent of its own. */
		@Nested
		@AutoConfigureTelemetry(consent = AutoConfigureTelemetry.Consent.DENIED)
		class WhenDenied {

			@Test
			void nothingIsRecorded(RecordedTelemetry own, @Autowired ConsentGate ownGate,
					@Autowired Shop.Orders ownOrders) {
				ownOrders.place("alice", 1);
				assertThat(own).recordedNothing();
				assertThat(ownGate.decision().state()).isEqualTo(ConsentState.DENIED);
			}

		}

	}

	/** No decision has been made yet: what a test of the endpoint begins with. */
	@Nested
	@AutoConfigureTelemetry(consent = AutoConfigureTelemetry.Consent.UNDECIDED)
	class WhenUndecided {

		@Test
		void grantOpensTheGate(RecordedTelemetry own, @Autowired ConsentGate ownGate,
				@Autowired Shop.Orders ownOrders) {
			ownOrders.place("alice", 1);
			assertThat(own).recordedNothing();
			assertThat(ownGate.decision().state()).isEqualTo(ConsentState.UNDECIDED);
			ownGate.enable(ConsentScope.LOCAL, null, "actuator");
			ownOrders.place("alice", 1);
			assertThat(own).recorded("order.placed").once();
		}

		@Test
		void nextTestIsUndecidedAgain(@Autowired ConsentGate ownGate) {
			assertThat(ownGate.decision().state()).isEqualTo(ConsentState.UNDECIDED);
		}

	}

	/**
	 * What configuration and files of the machine say does not matter, and is not read.
	 */
	@Nested
	@TestPropertySource(properties = { "telemetry.enabled=false", "telemetry.consent.store=jdbc",
			"telemetry.consent.prompt=interactive" })
	class WhenTheMachineSaysNo {

		@TempDir
		static Path directory;

		@DynamicPropertySource
		static void home(DynamicPropertyRegistry registry) throws Exception {
			Path home = Files.createDirectories(directory.resolve("home"));
			Files.writeString(home.resolve("telemetry.yaml"), "enabled: [not a word\n");
			registry.add("telemetry.home", home::toString);
		}

		@Test
		void callIsRecordedAndTheHomeStaysAsItWas(@Autowired RecordedTelemetry own, @Autowired Shop.Orders ownOrders) {
			ownOrders.place("alice", 1);
			assertThat(own).recorded("order.placed").once();
			assertThat(own.status().problems()).isEmpty();
			assertThat(directory.resolve("home")).isDirectoryContaining("glob:**telemetry.yaml");
			assertThat(directory.resolve("home").toFile().list()).hasSize(1);
		}

	}

	/** The author's gate still holds. */
	@Nested
	@TestPropertySource(properties = "telemetry.feature.enabled=false")
	class WhenTheFeatureIsOff {

		@Test
		void nothingIsRecorded(@Autowired RecordedTelemetry own, @Autowired ConsentGate ownGate,
				@Autowired Shop.Orders ownOrders) {
			ownOrders.place("alice", 1);
			assertThat(own).recordedNothing();
			assertThat(ownGate.decision().state()).isEqualTo(ConsentState.ABSENT);
		}

	}

	/** A test must not depend on chance. */
	@Nested
	@TestPropertySource(properties = "telemetry.events.order.placed.sampling-rate=0.000001")
	class WhenSampled {

		@Test
		void callIsRecorded(@Autowired RecordedTelemetry own, @Autowired Shop.Orders ownOrders) {
			ownOrders.place("alice", 1);
			assertThat(own).recorded("order.placed").once();
		}

	}

	/** What is turned off stays off. */
	@Nested
	@TestPropertySource(properties = "telemetry.events.order.placed.sampling-rate=0")
	class WhenTurnedOff {

		@Test
		void callIsNotRecordedAndTheFailureSaysWhy(@Autowired RecordedTelemetry own, @Autowired Shop.Orders ownOrders) {
			ownOrders.place("alice", 1);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(own).recorded("order.placed"))
				.withMessageContaining("1 sampled: sampling left them out");
		}

	}

	/** A sink of the application leaves this machine, so it is only used with export. */
	@Nested
	class WithASink {

		@MockitoBean
		private TelemetrySink sink;

		@Test
		void sinkGetsNothing(@Autowired RecordedTelemetry own, @Autowired Shop.Orders ownOrders) {
			ownOrders.place("alice", 1);
			assertThat(own).recorded("order.placed").once();
			assertThat(own.flush()).isTrue();
			verifyNoInteractions(this.sink);
		}

	}

	/** With export it is used beside the memory. */
	@Nested
	@AutoConfigureTelemetry(export = true)
	class WithExport {

		@MockitoBean
		private TelemetrySink sink;

		@Test
		void sinkGetsTheEvent(@Autowired RecordedTelemetry own, @Autowired Shop.Orders ownOrders) throws Exception {
			ownOrders.place("alice", 1);
			assertThat(own).recorded("order.placed").once();
			assertThat(own.flush()).isTrue();
			ArgumentCaptor<List<Event>> sent = ArgumentCaptor.captor();
			verify(this.sink).emitAll(sent.capture(), any());
			assertThat(sent.getValue()).extracting(Event::name).containsExactly("order.placed");
		}

	}

}
