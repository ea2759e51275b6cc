package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.diff.SpecDiff;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** One home, two starts with different specs: what a recorded yes is worth then. */
class SpecNoticeTests {

	private static final String EVENT = """
			meta: { key: shop, version: 1, owners: [x] }
			events:
			  - key: order.placed
			    semantics: { what: An order was placed, why: Plan the stock }
			    privacy: internal
			""";

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.directory.resolve("home"))
			.withBean("internal", MemorySink.class)
			.withPropertyValues("telemetry.specs=file:" + this.directory + "/*.telemetry.yaml");
	}

	/** Two specs, the second of which collects more. */
	static Stream<Arguments> narrowAndWide() {
		return Stream.of(arguments(EVENT, property("items: { type: number }")),
				arguments(EVENT, EVENT + "  - { key: order.paid, semantics: { what: x }, privacy: internal }\n"),
				arguments(property("a: { type: string, pii: true, redact: drop }"),
						property("a: { type: string, pii: true }")),
				arguments(property("a: { type: string, pii: true }"),
						property("a: { type: string, pii: true, redact: hash }")),
				arguments(property("a: { type: number, pii: true, redact: hash }"),
						property("a: { type: number, pii: true, bucket: 10 }")),
				arguments(property("a: { type: number, pii: true, bucket: 10 }"),
						property("a: { type: number, pii: true, bucket: 5 }")),
				arguments(property("a: { type: number, bucket: 5 }"), property("a: { type: number }")),
				arguments(property("a: { type: string, redact: true }"), property("a: { type: string }")),
				arguments(EVENT + "    retention: { days: 40 }\n", EVENT + "    retention: { days: 41 }\n"),
				arguments(EVENT + "config: { defaultRetentionDays: 31 }\n",
						EVENT + "config: { defaultRetentionDays: 32 }\n"),
				arguments(EVENT + "    sampling: { rate: 0.25 }\n", EVENT + "    sampling: { rate: 0.5 }\n"),
				arguments(EVENT + "config: { defaultSamplingRate: 0.25 }\n", EVENT),
				arguments(property("a: { type: string, values: [x] }"),
						property("a: { type: string, values: [x, y] }")),
				arguments(property("a: { type: string, values: [x] }"), property("a: { type: string }")),
				arguments(property("a: { type: number, min: 1 }"), property("a: { type: number, min: -0.5 }")),
				arguments(property("a: { type: number, min: 1 }"), property("a: { type: number }")),
				arguments(property("a: { type: number, max: 1 }"), property("a: { type: number, max: 1.5 }")),
				arguments(property("a: { type: number, max: 1 }"), property("a: { type: number }")),
				arguments(property("a: { type: number, required: true }"), property("a: { type: number }")),
				arguments(EVENT + "    expires: 2098-12-31\n", EVENT + "    expires: 2099-01-01\n"),
				arguments(EVENT + "    expires: 2098-12-31\n", EVENT),
				arguments(EVENT.replace("privacy: internal", "privacy: public"), EVENT),
				arguments(EVENT + "config: { providers: [ { type: internal } ] }\n", EVENT));
	}

	private static String property(String property) {
		return EVENT + "    properties:\n      " + property + "\n";
	}

	@ParameterizedTest
	@MethodSource("narrowAndWide")
	void yesIsStaleWhenMoreIsCollectedAndStaysWhenLessIs(String narrow, String wide) {
		agreeTo(wide);
		assertThat(stateUnder(narrow)).isEqualTo(ConsentState.GRANTED);
		agreeTo(narrow);
		assertThat(stateUnder(wide)).isEqualTo(ConsentState.STALE);
		assertThat(stateUnder(narrow)).isEqualTo(ConsentState.GRANTED);
	}

	static Stream<Arguments> oneAndAnother() {
		return Stream.of(arguments(EVENT, EVENT.replace("Plan the stock", "Plan the prices")),
				arguments(property("a: { type: string, values: [x] }"), property("a: { type: string, values: [y] }")),
				arguments(property("a: { type: number, max: 3 }"), property("a: { type: number, min: 1 }")),
				arguments(property("a: { type: string }"), property("a: { type: number }")),
				arguments(property("a: { type: string }"), property("a: { type: string, pii: true }")),
				arguments(property("a: { type: number, bucket: 2 }"), property("a: { type: number, bucket: 3 }")));
	}

	@ParameterizedTest
	@MethodSource("oneAndAnother")
	void yesIsStaleWhenSomethingElseIsCollected(String one, String other) {
		agreeTo(one);
		assertThat(stateUnder(other)).isEqualTo(ConsentState.STALE);
		agreeTo(other);
		assertThat(stateUnder(one)).isEqualTo(ConsentState.STALE);
	}

	static Stream<Arguments> same() {
		return Stream.of(arguments(property("a: { type: string }"), property("a: { type: string, description: A }")),
				arguments(EVENT, EVENT.replace("An order was placed", "Somebody ordered")),
				arguments(EVENT, EVENT.replace("owners: [x]", "owners: [y], tags: [z]")),
				arguments(EVENT, EVENT.replace("- key: order.placed", "- key: order.placed\n    version: 1.5")),
				arguments(property("a: { type: number }"), property("a: { type: number, required: true, max: 3 }")));
	}

	@ParameterizedTest
	@MethodSource("same")
	void yesStaysWhenOnlyWordsChange(String one, String other) {
		agreeTo(one);
		assertThat(stateUnder(other)).isEqualTo(ConsentState.GRANTED);
	}

	@ParameterizedTest
	@MethodSource("narrowAndWide")
	void comparisonOfSpecsSaysTheSame(String narrow, String wide) throws Exception {
		assertThat(SpecDiff.most(SpecDiff.between(read(narrow), read(wide)))).isEqualTo(Kind.WIDER);
		assertThat(SpecDiff.most(SpecDiff.between(read(wide), read(narrow)))).isEqualTo(Kind.NARROWER);
	}

	private static List<TelemetrySpec> read(String spec) throws Exception {
		return List.of(TelemetrySpecReader.read("shop", spec.getBytes(StandardCharsets.UTF_8)));
	}

	private void agreeTo(String spec) {
		write(spec);
		this.runner.run((context) -> {
			assertThat(TestApplication.problems(context)).isEmpty();
			assertThat(TestApplication.telemetry(context)
				.gate()
				.enable(ConsentScope.LOCAL, null, "command")
				.decision()
				.state()).isEqualTo(ConsentState.GRANTED);
		});
	}

	private ConsentState stateUnder(String spec) {
		write(spec);
		ConsentState[] state = new ConsentState[1];
		this.runner.run((context) -> {
			assertThat(TestApplication.problems(context)).isEmpty();
			state[0] = TestApplication.telemetry(context).status().consent().state();
		});
		return state[0];
	}

	private void write(String spec) {
		try {
			Files.writeString(this.directory.resolve("shop.telemetry.yaml"), spec);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
