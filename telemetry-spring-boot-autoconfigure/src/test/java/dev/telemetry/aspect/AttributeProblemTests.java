package dev.telemetry.aspect;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.FakeTelemetryContext.Recorded;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.Patience;
import dev.telemetry.spec.EventDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** An attribute that cannot be had costs the attribute, never the event. */
class AttributeProblemTests {

	private final Advised advised = new Advised();

	private final Orders orders = this.advised.proxy(new Orders());

	@ParameterizedTest
	@ValueSource(strings = { "flux", "nothing", "noSuchProperty", "argument", "badKey", "badArgumentKey" })
	void attributeWhenDeclaredWronglyIsAProblemAndTheEventIsDeclaredWithoutIt(String method) {
		DeclaredEvents declared = new TelemetryEventScanner(true, (problem) -> {
		}).scan(Orders.class);
		assertThat(declared.problems()).extracting(Problem::property)
			.filteredOn((Orders.class.getName() + "#" + method)::equals)
			.hasSize(1);
		List<EventDefinition> definitions = declared.definitionsByPlace().get(Orders.class.getName() + "#" + method);
		assertThat(definitions).singleElement()
			.satisfies(
					(event) -> assertThat(event.properties()).containsKeys("duration_ms", "success", "outcome", "error")
						.doesNotContainKeys("size", "nothing", "none", "", " "));
	}

	@Test
	void eventWhenAnAttributeIsDeclaredWronglyIsRecordedWithoutIt() {
		this.orders.flux().blockLast(Patience.LIMIT);
		this.orders.nothing();
		this.orders.noSuchProperty();
		this.orders.argument("a", 2);
		this.orders.badKey();
		this.orders.badArgumentKey("a");
		assertThat(this.advised.context.events()).hasSize(6)
			.allSatisfy((event) -> assertThat(event.outcome()).isEqualTo("ok"));
		assertThat(this.advised.context.events().get(3).attributes()).as("what can be had")
			.isEqualTo(Map.of("items", 2));
	}

	@Test
	void attributeWhenItsGetterThrowsIsOneProblemAndTheEventIsRecorded() {
		this.orders.broken();
		this.orders.broken();
		assertThat(this.advised.context.events()).hasSize(2);
		assertThat(this.advised.problems).filteredOn((problem) -> problem.property().endsWith("#broken"))
			.singleElement()
			.satisfies((problem) -> assertThat(problem.toString()).contains("'value'").doesNotContain("secret"));
	}

	@Test
	void attributeWhenTheValueHasNoSuchPropertyIsOneProblemAndTheEventIsRecorded() {
		this.orders.object("text");
		this.orders.object(3);
		this.orders.object(List.of("a"));
		assertThat(this.advised.context.events()).extracting(Recorded::attributes)
			.containsExactly(Map.of(), Map.of(), Map.of("size", 1));
		assertThat(this.advised.problems).filteredOn((problem) -> problem.property().endsWith("#object")).hasSize(1);
	}

	@Test
	void attributeWhenNothingIsOnTheWayIsLeftOutWithoutAProblem() {
		this.orders.object(null);
		assertThat(this.advised.event().attributes()).isEmpty();
		assertThat(this.advised.problems).noneMatch((problem) -> problem.property().endsWith("#object"));
	}

	static class Orders {

		@TelemetryEvent("order.flux")
		@TelemetryAttribute(value = "size", path = "size")
		public Flux<String> flux() {
			return Flux.just("a");
		}

		@TelemetryEvent("order.nothing")
		@TelemetryAttribute("nothing")
		public void nothing() {
		}

		@TelemetryEvent("order.none")
		@TelemetryAttribute(value = "none", path = "noSuch")
		public CompletableFuture<String> noSuchProperty() {
			return CompletableFuture.completedFuture("a");
		}

		@TelemetryEvent("order.argument")
		public void argument(@TelemetryAttribute(value = "none", path = "no-such") String argument,
				@TelemetryAttribute("items") int items) {
		}

		@TelemetryEvent("order.key")
		@TelemetryAttribute("")
		public String badKey() {
			return "a";
		}

		@TelemetryEvent("order.key_of_argument")
		public void badArgumentKey(@TelemetryAttribute(" ") String argument) {
		}

		@TelemetryEvent("order.broken")
		@TelemetryAttribute(value = "value", path = "value")
		public Broken broken() {
			return new Broken();
		}

		@TelemetryEvent("order.object")
		@TelemetryAttribute(value = "size", path = "size")
		public Object object(Object value) {
			return value;
		}

	}

	public static class Broken {

		public String getValue() {
			throw new IllegalStateException("secret");
		}

	}

}
