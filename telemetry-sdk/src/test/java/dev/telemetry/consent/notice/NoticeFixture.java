package dev.telemetry.consent;

import java.util.List;

/** A notice with something in every dimension, for tests. */
final class NoticeFixture {

	static final NoticeProperty ITEMS = new NoticeProperty("items", "number", "internal", "secrets");

	static final NoticeProperty CUSTOMER = new NoticeProperty("customer", "string", "pii", "value");

	static final NoticeEvent PLACED = new NoticeEvent("order.placed", 1, "to see what sells", List.of(ITEMS, CUSTOMER),
			500_000, 86_400);

	static final NoticeEvent PAID = new NoticeEvent("order.paid", 1, null, List.of(), 1_000_000, 86_400);

	static final NoticeDestination COLLECTOR = new NoticeDestination("otlp", "https", "collector.example.com", 443);

	private NoticeFixture() {
	}

	static Notice.Builder builder() {
		return Notice.builder("demo-app")
			.contact("privacy@example.com")
			.undeclared(new NoticeUndeclared(true, 86_400))
			.events(List.of(PLACED, PAID))
			.metadata(List.of("team", "region"))
			.runtimeFields(List.of("os", "arch"))
			.machineId("rotating")
			.destinations(List.of(COLLECTOR))
			.deletion("https https://example.com/delete");
	}

	static Notice notice() {
		return builder().build();
	}

	static Notice.Builder placed(NoticeEvent placed) {
		return builder().events(List.of(placed, PAID));
	}

	static Notice.Builder items(NoticeProperty items) {
		return placed(
				new NoticeEvent("order.placed", 1, "to see what sells", List.of(items, CUSTOMER), 500_000, 86_400));
	}

}
