package dev.telemetry.machine;

import java.util.UUID;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link MachineId}. */
@Tag("T-20")
class MachineIdTests {

	private static final String RAW = "0123456789abcdef0123456789abcdef";

	private static final Supplier<UUID> UNUSED = () -> {
		throw new AssertionError("not needed");
	};

	@Test
	void deriveAgreesWithRtb() {
		assertThat(new MachineId(RAW, UNUSED).derive("mytool.telemetry.v1"))
			.isEqualTo("0e5455e72b847158cea376ff72bedeb1be2f180e97ffff7f1de39ee5b5081c8e");
	}

	@Test
	void deriveIsStableForASaltAndDiffersBetweenSalts() {
		MachineId id = new MachineId(RAW, UNUSED);
		assertThat(id.derive("a")).isEqualTo(id.derive("a")).isNotEqualTo(id.derive("b")).matches("[0-9a-f]{64}");
	}

	@Test
	void deriveWhenSystemHasNoIdStandsInARandomOneForTheRun() {
		MachineId id = new MachineId(null, UUID::randomUUID);
		assertThat(id.derive("a")).isEqualTo(id.derive("a")).matches("[0-9a-f]{64}");
		assertThat(new MachineId(null, UUID::randomUUID).derive("a")).isNotEqualTo(id.derive("a"));
	}

}
