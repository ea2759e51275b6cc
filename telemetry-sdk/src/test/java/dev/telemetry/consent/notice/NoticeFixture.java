package dev.telemetry.consent.notice;

import java.time.LocalDate;
import java.util.List;

/** A notice with something in every dimension, for tests. */
public final class NoticeFixture {

	static final NoticeProperty ITEMS = new NoticeProperty("items", "number", "internal", "secrets");

	static final NoticeProperty CUSTOMER = new NoticeProperty("customer", "string", "pii", "value");

	static final NoticeEvent PLACED = new NoticeEvent("order.placed", 1, "to see what sells", List.of(ITEMS, CUSTOMER),
			500_000, 86_400);

	static final NoticeEvent PAID = new NoticeEvent("order.paid", 1, null, List.of(), 1_000_000, 86_400);

	static final NoticeDestination COLLECTOR = new NoticeDestination("otlp", "https", "collector.example.com", 443);

	private NoticeFixture() {
	}

	public static Notice.Builder builder() {
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

	/** The same in every dimension that the first format does not have, narrowed. */
	public static Notice full() {
		NoticeProperty items = new NoticeProperty("items", "number", "internal", "secrets", null, true, List.of(),
				"-0.5", "100");
		NoticeProperty customer = new NoticeProperty("customer", "string", "pii", "value", null, false,
				List.of("new", "known"), null, null);
		NoticeEvent placed = new NoticeEvent("order.placed", 1, "to see what sells", List.of(items, customer), 500_000,
				86_400, List.of(), "internal", List.of("otlp", "http"), LocalDate.of(2027, 12, 31));
		return placed(placed).controller("Example Ltd").build();
	}

	static Notice.Builder placed(NoticeEvent placed) {
		return builder().events(List.of(placed, PAID));
	}

	static Notice.Builder items(NoticeProperty items) {
		return placed(
				new NoticeEvent("order.placed", 1, "to see what sells", List.of(items, CUSTOMER), 500_000, 86_400));
	}

}
