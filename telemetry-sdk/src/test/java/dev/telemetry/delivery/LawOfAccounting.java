package dev.telemetry.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds every lane of a test to the law: each accepted event is in one place. */
final class LawOfAccounting implements AfterEachCallback {

	private static final List<DeliveryLane> LANES = Collections.synchronizedList(new ArrayList<>());

	static void watch(DeliveryLane lane) {
		LANES.add(lane);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		List<DeliveryLane> lanes = List.copyOf(LANES);
		LANES.clear();
		assertThat(lanes).extracting(DeliveryLane::status).allMatch(DeliveryStatus::balanced);
	}

}
