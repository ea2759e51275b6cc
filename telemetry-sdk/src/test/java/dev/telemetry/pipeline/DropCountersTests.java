package dev.telemetry.pipeline;

import java.util.Map;

import dev.telemetry.event.DropReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DropCountersTests {

	@Test
	void snapshotHoldsEveryReasonInOrder() {
		DropCounters drops = new DropCounters();
		drops.increment(DropReason.SAMPLED);
		drops.add(DropReason.OVERFLOW, 3);
		drops.add(DropReason.INVALID, 0);
		Map<String, Long> snapshot = drops.snapshot();
		drops.increment(DropReason.SAMPLED);
		assertThat(snapshot).containsExactly(Map.entry("sampled", 1L), Map.entry("undeclared", 0L),
				Map.entry("invalid", 0L), Map.entry("overflow", 3L));
		assertThat(drops.get(DropReason.SAMPLED)).isEqualTo(2);
	}

}
