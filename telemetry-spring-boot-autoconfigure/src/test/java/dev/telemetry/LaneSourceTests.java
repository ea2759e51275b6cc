package dev.telemetry;

import dev.telemetry.event.Event;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link LaneSource}: sinks that cannot be made. */
class LaneSourceTests {

	@Test
	void openWhenFactoriesFailTellsNoMessageAndUsesTheOtherSinks() {
		Problems problems = new Problems();
		TelemetryContextBuilder builder = TelemetryContext.builder()
			.problems(problems)
			.sink(new LocalFactory("throws", new IllegalArgumentException("invalid header value: SECRET-9f3")))
			.sink(new LocalFactory("none", null));
		try (RecordingFixture fixture = new RecordingFixture(builder).open()) {
			fixture.context.record("a");
			assertThat(fixture.events()).extracting(Event::name).containsExactly("a");
			assertThat(problems.list()).hasSize(2).noneMatch((problem) -> problem.toString().contains("SECRET"));
			assertThat(problems.list().get(0).problem()).contains("IllegalArgumentException");
		}
	}

	private record LocalFactory(String name, RuntimeException failure) implements TelemetrySinkFactory {

		@Override
		public String target() {
			return "nowhere";
		}

		@Override
		public boolean remote() {
			return false;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			if (this.failure != null) {
				throw this.failure;
			}
			return null;
		}

	}

}
