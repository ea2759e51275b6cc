package dev.telemetry.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.event.Event;
import dev.telemetry.test.RecordedTelemetry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java of the README, as it stands there.
 */
@SpringBootTest(properties = "telemetry.undeclared=record")
class ReadmeExamplesTests {

	static final EventType FEATURE_TOGGLED = EventType.of("app.feature_toggled");

	static final EventType REPORT_BUILT = EventType.of("report.built");

	@Autowired
	private TelemetryContext telemetry;

	@Autowired
	private Orders orders;

	@Autowired
	private RecordedTelemetry recorded;

	@Test
	void annotatedMethodsAreRecorded() {
		this.orders.place("A-1", 2);
		assertThat(this.orders.export()).isCompleted();
		assertThat(this.recorded.events()).extracting(Event::name).containsExactly("order.placed", "orders.exported");
		assertThat(this.recorded).recorded("order.placed").withAttribute("items", 2);
		assertThat(this.recorded).recorded("orders.exported").withAttribute("count", 1);
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
		assertThat(this.recorded.events()).extracting(Event::name)
			.containsExactly("app.feature_toggled", "report.built");
		assertThat(this.recorded).recorded("app.feature_toggled").withAttribute("feature", "dark-mode");
		assertThat(this.recorded).recorded("report.built").withAttribute("pages", 3);
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

	}

}
