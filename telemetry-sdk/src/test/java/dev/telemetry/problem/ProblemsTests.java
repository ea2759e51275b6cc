package dev.telemetry.problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Problems}. */
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTests {

	private final Problems problems = new Problems();

	@Test
	void reportWhenNewLogsOnce(CapturedOutput output) {
		this.problems.report(problem("first"));
		this.problems.report(problem("first"));
		assertThat(this.problems.list()).containsExactly(problem("first"));
		assertThat(output).containsOnlyOnce("first");
	}

	@Test
	void showWhenNewReplacesWhatWasSaidAndLogsNothing(CapturedOutput output) {
		this.problems.show(problem("first"));
		this.problems.show(problem("second"));
		assertThat(this.problems.list()).containsExactly(problem("second"));
		assertThat(output).doesNotContain("first", "second");
	}

	@Test
	void deferWhenConsentIsGrantedLogsWhatIsStillThere(CapturedOutput output) {
		this.problems.defer(problem("first"));
		this.problems.resolved("telemetry.home");
		this.problems.defer(problem("second"));
		assertThat(this.problems.list()).containsExactly(problem("second"));
		assertThat(output).doesNotContain("first", "second");
		this.problems.logDeferred();
		this.problems.logDeferred();
		assertThat(output).containsOnlyOnce("second").doesNotContain("first");
		this.problems.defer(problem("third"));
		assertThat(output).containsOnlyOnce("third");
	}

	@Test
	void resolvedWhenOriginIsNamedForgetsNoOther() {
		this.problems.report(problem("first"));
		this.problems.report(new Problem("telemetry.home", "/srv/home", "second", "set telemetry.home"));
		this.problems.resolved("telemetry.home", "/srv/home");
		assertThat(this.problems.list()).containsExactly(problem("first"));
	}

	private static Problem problem(String text) {
		return new Problem("telemetry.home", null, text, "set telemetry.home");
	}

}
