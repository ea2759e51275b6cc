package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.autoconfigure.PropertyRules.OfSink;
import dev.telemetry.autoconfigure.PropertyRules.Protective;
import dev.telemetry.autoconfigure.PropertyRules.Range;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link PropertyBinding} and {@link FlatSettings}, with records of their own.
 */
class PropertyBindingTests {

	private final List<Problem> problems = new ArrayList<>();

	private SettingReader reader = reader();

	@Test
	void bindWhenNothingIsSetHoldsTheDefaults() {
		assertThat(bind()).isEqualTo(new Sample(5, true, null, new Group(true, 7)));
		assertThat(this.problems).isEmpty();
	}

	@Test
	void bindWhenValuesAreRightHoldsThem() {
		assertThat(bind("telemetry.sample.count=9", "telemetry.sample.open=no", "telemetry.sample.address=x",
				"telemetry.sample.group.open=off", "telemetry.sample.group.count=8"))
			.isEqualTo(new Sample(9, false, "x", new Group(false, 8)));
	}

	@Test
	void bindWhenAValueIsWrongFollowsItsRules() {
		assertThat(bind("telemetry.sample.count=s3cret", "telemetry.sample.open=s3cret",
				"telemetry.sample.address=${s3cret}", "telemetry.sample.group.count=8"))
			.isEqualTo(new Sample(5, false, null, new Group(true, 8)));
		assertThat(this.problems).extracting(Problem::property)
			.containsExactly("telemetry.sample.count", "telemetry.sample.open", "telemetry.sample.address");
		assertThat(this.problems).allSatisfy((problem) -> {
			assertThat(problem.toString()).doesNotContain("s3cret");
			assertThat(problem.origin()).isEqualTo("command line --" + problem.property());
		});
		assertThat(this.reader.disabledSinks())
			.containsExactly(entry("sample", "telemetry.sample.address cannot be used"));
	}

	/** The record itself refuses what each value alone allows. */
	@Test
	void bindWhenAGroupFailsProtects() {
		assertThat(bind("telemetry.sample.count=9", "telemetry.sample.group.count=13"))
			.isEqualTo(new Sample(9, true, null, new Group(false, 7)));
		assertThat(this.problems).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("telemetry.sample.group");
			assertThat(problem.problem()).isEqualTo("cannot be used");
		});
	}

	@Test
	void bindWhenTheRootFailsProtectsAndIsThere() {
		assertThat(bind("telemetry.sample.count=13")).isEqualTo(new Sample(5, false, null, new Group(false, 7)));
		assertThat(this.problems).extracting(Problem::property).containsExactly("telemetry.sample");
	}

	@Test
	void textForSpringDoesNotShowTheValue() {
		Property property = new PropertyTree(List.of(Sample.class)).list().get(0);
		assertThat(SettingText.of(property, "s3cret", "somewhere", false))
			.hasToString("telemetry.sample.count (somewhere)");
	}

	private Sample bind(String... pairs) {
		this.reader = reader(pairs);
		return new PropertyBinding(new PropertyTree(List.of(Sample.class)), this.reader).bind(Sample.class);
	}

	private SettingReader reader(String... pairs) {
		return new SettingReader(SettingSources.of(new Binding().with(pairs).environment()), this.problems::add);
	}

	@ConfigurationProperties("telemetry.sample")
	record Sample(@Range(min = "1", max = "20") @DefaultValue("5") int count,
			@Protective("false") @DefaultValue("true") boolean open, @OfSink("sample") @Nullable String address,
			@DefaultValue Group group) {

		Sample {
			if (count == 13) {
				throw new IllegalArgumentException("s3cret");
			}
		}

	}

	record Group(@Protective("false") @DefaultValue("true") boolean open,
			@Range(min = "1", max = "20") @DefaultValue("7") int count) {

		Group {
			if (count == 13) {
				throw new IllegalArgumentException("s3cret");
			}
		}

	}

}
