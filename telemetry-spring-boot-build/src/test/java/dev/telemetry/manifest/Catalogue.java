package dev.telemetry.manifest;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;

import org.springframework.core.annotation.AliasFor;

/** Every way to declare events by annotations, in one application. */
final class Catalogue {

	static final String SPEC = """
			meta: { key: catalogue, version: 1.0.0, owners: ['@team.shop'] }
			config: { defaultRetentionDays: 10, defaultSamplingRate: 0.5 }
			events:
			  - key: order.placed
			    version: 1.0.0
			    semantics: { what: An order was placed, why: plan the stock }
			    privacy: internal
			    expires: 2027-06-30
			    properties:
			      items: { type: number, bucket: 5 }
			  - key: order.placed
			    version: 2.0.0
			    semantics: { what: An order was placed, why: plan the stock }
			    privacy: internal
			    expires: 2027-06-30
			    properties:
			      items: { type: number, bucket: 10 }
			      customer: { type: string, pii: true, redact: hash }
			  - key: cart.left
			    semantics: { what: A cart was left, why: plan the stock }
			    privacy: public
			    expires: 2027-06-30
			    sampling: { rate: 1, conditions: ["size == 'large'"] }
			    properties:
			      size: { type: string, values: [small, large] }
			""";

	static final List<Class<?>> BEANS = List.of(Orders.class, Audit.class, Everything.class, Shelf.class, Till.class,
			Numbers.class, Overloaded.class, Plain.class);

	private Catalogue() {
	}

	/** Joins what the spec declares, and adds to it. */
	static class Orders {

		@TelemetryEvent("order.placed")
		@TelemetryAttribute(value = "lines", path = "size")
		public CompletionStage<List<String>> place(@TelemetryAttribute("items") int items,
				@TelemetryAttribute("express") boolean express) {
			return CompletableFuture.completedFuture(List.of());
		}

	}

	/** An annotation of the application. */
	@Retention(RetentionPolicy.RUNTIME)
	@TelemetryEvent(type = "audit.entry", purpose = "see who is slow")
	@interface Audited {

		@AliasFor(annotation = TelemetryEvent.class, attribute = "value")
		String value();

	}

	/** Bears the annotation of the application. */
	static class Audit {

		@Audited("entry.made")
		public void make() {
		}

	}

	/** All public methods. */
	@TelemetryEvent(value = "everything", purpose = "plan the stock")
	static class Everything {

		public void openTill() {
		}

		public int closeTill(@TelemetryAttribute("coins") long coins) {
			return 0;
		}

		void notPublic() {
		}

	}

	/** Bears the annotation for those who implement it. */
	interface Stock {

		@TelemetryEvent(value = "stock.counted", purpose = "plan the stock")
		int count(@TelemetryAttribute("shelf_size") int size);

	}

	/** Implements an annotated interface. */
	static class Shelf implements Stock {

		@Override
		public int count(int size) {
			return size;
		}

	}

	/** Bears what its subclasses inherit. */
	abstract static class Register {

		@TelemetryEvent(success = "payment.made", failure = "payment.failed", purpose = "offer what works")
		@TelemetryAttribute(value = "receipt_lines", path = "size")
		public List<String> pay(@TelemetryAttribute("amount") BigDecimal amount) {
			return List.of();
		}

		@TelemetryEvent(value = "register.opened", purpose = "plan the stock")
		public void open() {
		}

	}

	/** Inherits one recorded method and overrides another. */
	static class Till extends Register {

		@Override
		public void open() {
			super.open();
		}

	}

	/** What comes in is known only to those who implement it. */
	interface Handler<T> {

		@TelemetryEvent(value = "value.handled", purpose = "plan the stock")
		T handle(@TelemetryAttribute("handled") T value);

	}

	/** Knows what comes in. */
	static class Numbers implements Handler<Integer> {

		@Override
		public Integer handle(Integer value) {
			return value;
		}

	}

	/** Two methods of one name. */
	static class Overloaded {

		@TelemetryEvent(value = "list.sorted", purpose = "plan the stock")
		public void sort(@TelemetryAttribute("entries") int entries) {
		}

		@TelemetryEvent(value = "list.sorted", purpose = "plan the stock")
		public void sort(@TelemetryAttribute("entries") int entries, @TelemetryAttribute("stable") boolean stable) {
		}

	}

	/** Nothing implements it here, as a repository. */
	interface Repository {

		@TelemetryEvent(value = "query.run", purpose = "plan the stock")
		void run(@TelemetryAttribute("rows") int rows);

	}

	/** Declares nothing. */
	static class Plain {

		public void rest() {
		}

	}

}
