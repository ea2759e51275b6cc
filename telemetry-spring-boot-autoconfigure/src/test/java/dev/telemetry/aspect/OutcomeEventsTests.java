package dev.telemetry.aspect;

import java.util.concurrent.CompletableFuture;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.spec.EventDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Methods whose calls are recorded by one of two events. */
class OutcomeEventsTests {

	private final Advised advised = new Advised();

	@Test
	void callThatReturnsRecordsTheSuccessEvent() {
		assertThat(this.advised.proxy(new Orders()).place(3)).isEqualTo("placed");
		assertThat(this.advised.event().name()).isEqualTo("order.placed");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		assertThat(this.advised.event().attributes()).containsEntry("items", 3).containsEntry("result", "placed");
	}

	@Test
	void callThatThrowsRecordsTheFailureEvent() {
		Orders orders = this.advised.proxy(new Orders());
		assertThat(catchThrowable(() -> orders.place(-1))).isInstanceOf(IllegalArgumentException.class);
		assertThat(this.advised.event().name()).isEqualTo("order.failed");
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		assertThat(this.advised.event().attributes()).containsEntry("items", -1).doesNotContainKey("result");
	}

	@Test
	void callThatEndsLaterRecordsTheEventOfItsEnd() {
		Orders orders = this.advised.proxy(new Orders());
		CompletableFuture<String> stage = orders.later();
		assertThat(this.advised.names()).isEmpty();
		stage.completeExceptionally(new IllegalStateException());
		orders.later().complete("done");
		assertThat(this.advised.names()).containsExactly("order.failed", "order.sent");
	}

	@Test
	void eventThatIsNotNamedIsTheOneOfValue() {
		Orders orders = this.advised.proxy(new Orders());
		orders.pay(false);
		assertThat(catchThrowable(() -> orders.pay(true))).isNotNull();
		assertThat(this.advised.names()).containsExactly("order.pay", "order.pay_failed");
	}

	@Test
	void classNamesBothEventsOfItsMethods() {
		Stock stock = this.advised.proxy(new Stock());
		stock.takeOne(false);
		assertThat(catchThrowable(() -> stock.takeOne(true))).isNotNull();
		assertThat(this.advised.names()).containsExactly("stock.ok.take_one", "stock.bad.take_one");
	}

	@Test
	void bothEventsAreDeclaredWithWhatTheyBear() {
		DeclaredEvents declared = new TelemetryEventScanner(true, this.advised.problems::add).scan(Orders.class);
		assertThat(declared.definitions()).extracting(EventDefinition::name)
			.containsExactly("order.pay", "order.pay_failed", "order.placed", "order.failed", "order.sent",
					"order.failed");
		EventDefinition success = declared.definitions().get(2);
		EventDefinition failure = declared.definitions().get(3);
		assertThat(success.properties()).containsOnlyKeys("items", "result", "duration_ms", "outcome", "success");
		assertThat(failure.properties()).containsOnlyKeys("items", "duration_ms", "error", "outcome", "success");
		assertThat(failure.purpose()).isEqualTo("to see what sells");
		assertThat(this.advised.problems).isEmpty();
	}

	@Test
	void annotationThatNamesNoEventForAnOutcomeIsAProblem() {
		new TelemetryEventScanner(true, this.advised.problems::add).scan(Half.class);
		assertThat(this.advised.problems).hasSize(1);
	}

	static class Orders {

		@TelemetryEvent(success = "order.placed", failure = "order.failed", purpose = "to see what sells")
		@TelemetryAttribute("result")
		String place(@TelemetryAttribute("items") int items) {
			if (items < 0) {
				throw new IllegalArgumentException();
			}
			return "placed";
		}

		@TelemetryEvent(success = "order.sent", failure = "order.failed", purpose = "to see what sells")
		CompletableFuture<String> later() {
			return new CompletableFuture<>();
		}

		@TelemetryEvent(value = "order.pay", failure = "order.pay_failed")
		void pay(boolean failing) {
			if (failing) {
				throw new IllegalStateException();
			}
		}

	}

	@TelemetryEvent(success = "stock.ok", failure = "stock.bad")
	static class Stock {

		public void takeOne(boolean failing) {
			if (failing) {
				throw new IllegalStateException();
			}
		}

	}

	static class Half {

		@TelemetryEvent(success = "order.placed")
		void place() {
		}

	}

}
