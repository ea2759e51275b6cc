package dev.telemetry.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.event.Event;
import dev.telemetry.sink.MemorySink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java of the README, as it stands there.
 */
@SpringBootTest(properties = { "telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false",
		"telemetry.file.enabled=false", "telemetry.machine-id.mode=none", "telemetry.undeclared=record" })
class ReadmeExamplesTests {

	static final EventType FEATURE_TOGGLED = EventType.of("app.feature_toggled");

	static final EventType REPORT_BUILT = EventType.of("report.built");

	@Autowired
	private TelemetryContext telemetry;

	@Autowired
	private Orders orders;

	@Autowired
	private MemorySink sink;

	@BeforeEach
	void grant() {
		this.telemetry.gate().enable(ConsentScope.LOCAL, null, "command");
	}

	@AfterEach
	void forget() {
		this.telemetry.gate().disable("command");
		this.sink.erase();
	}

	@Test
	void annotatedMethodsAreRecorded() {
		this.orders.place("A-1", 2);
		assertThat(this.orders.export()).isCompleted();
		assertThat(recorded()).extracting(Event::name).containsExactly("order.placed", "orders.exported");
		assertThat(recorded().get(0).attribute("items")).isEqualTo(2L);
		assertThat(recorded().get(1).attribute("count")).isEqualTo(1L);
	}

	@Test
	void javaApiRecords() {
		this.telemetry.event(FEATURE_TOGGLED).attribute("feature", "dark-mode").record();
		Report report = this.telemetry.time(REPORT_BUILT, (scope) -> {
			Report built = build();
			scope.attribute("pages", built.pages());
			return built;
		});
		assertThat(report.pages()).isEqualTo(3);
		assertThat(recorded()).extracting(Event::name).containsExactly("app.feature_toggled", "report.built");
		assertThat(recorded().get(0).attribute("feature")).isEqualTo("dark-mode");
		assertThat(recorded().get(1).attribute("pages")).isEqualTo(3L);
	}

	private List<Event> recorded() {
		assertThat(this.telemetry.flush(Duration.ofSeconds(30))).isTrue();
		return this.sink.events();
	}

	private static Report build() {
		return new Report(3);
	}

	/**
	 * What is built.
	 *
	 * @param pages how many pages it has
	 */
	record Report(int pages) {

	}

	/** The annotated methods. */
	static class Orders {

		@TelemetryEvent("order.placed")
		public Order place(String sku, @TelemetryAttribute("items") int quantity) {
			return new Order("1", sku, quantity);
		}

		@TelemetryEvent("orders.exported")
		@TelemetryAttribute(value = "count", path = "size")
		public CompletableFuture<List<Order>> export() {
			return CompletableFuture.completedFuture(List.of(new Order("1", "A-1", 2)));
		}

	}

	/** An application that is nothing but the examples. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Examples {

		@Bean
		Orders orders() {
			return new Orders();
		}

		@Bean
		MemorySink sink() {
			return new MemorySink();
		}

		@Bean
		ConsentStore consentStore() {
			return ConsentStore.memory();
		}

	}

}
