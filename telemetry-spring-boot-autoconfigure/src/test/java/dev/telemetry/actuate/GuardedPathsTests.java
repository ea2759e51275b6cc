package dev.telemetry.actuate;

import java.util.List;

import dev.telemetry.actuate.GuardedPaths.Area;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuardedPathsTests {

	private final GuardedPaths paths = new GuardedPaths("/actuator/telemetry", "/actuator/telemetryconsole");

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/telemetry", "/actuator/telemetry/", "/actuator/telemetry/enable",
			"/actuator/telemetry/enable/deep", "actuator/telemetry", "//actuator///telemetry",
			"/./actuator/./telemetry", "/x/../actuator/telemetry", "/../actuator/telemetry", "/ACTUATOR/Telemetry",
			"/actuator;a=b/telemetry;c/enable", "/;x/actuator/telemetry", "/%61ctuator/telemetr%79",
			"/actuator%2Ftelemetry", "/actuator%2ftelemetry%2fenable", "/actuator/telemetry%3Bx",
			"/actuator\\telemetry", "/actuator%5Ctelemetry", "/a/%2e%2e/actuator/telemetry",
			"/a/..;/actuator/telemetry", "/actuator/telemetry/%zz" })
	void matchWhenItMayLeadToTheEndpoint(String path) {
		assertThat(this.paths.match(List.of(path))).isEqualTo(Area.ENDPOINT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/actuator", "/actuator/health", "/telemetry", "/actuator/telemetryx",
			"/actuator/tele/metry", "/app/actuator/telemetry", "/actuator/telemetry/..", "/actuator/../telemetry",
			"/actuator/%2574elemetry", "/actuator+telemetry" })
	void matchWhenItLeadsElsewhere(String path) {
		assertThat(this.paths.match(List.of(path))).isEqualTo(Area.NONE);
	}

	@Test
	void matchWhenConsoleSaysSo() {
		assertThat(this.paths.match(List.of("/actuator/telemetryConsole/x"))).isEqualTo(Area.CONSOLE);
	}

	@Test
	void matchWhenOneReadingLeadsThereSaysSo() {
		assertThat(this.paths.match(List.of("/elsewhere", "/actuator/telemetry"))).isEqualTo(Area.ENDPOINT);
		assertThat(this.paths.match(List.of("/actuator/telemetryconsole", "/actuator/telemetry")))
			.isEqualTo(Area.ENDPOINT);
	}

	@Test
	void matchWhenBasePathIsRoot() {
		GuardedPaths atRoot = new GuardedPaths("/telemetry", "/telemetryconsole");
		assertThat(atRoot.match(List.of("/telemetry/enable"))).isEqualTo(Area.ENDPOINT);
		assertThat(atRoot.match(List.of("/api/telemetry"))).isEqualTo(Area.NONE);
	}

}
