package dev.telemetry.autoconfigure;

import java.time.Duration;

import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValueParser}.
 */
class ValueParserTests {

	@ParameterizedTest
	@CsvSource({ "1,true", "TRUE,true", "Yes,true", "y,true", "on,true", "0,false", "false,false", "No,false",
			"n,false", "OFF,false" })
	void flagWhenBooleanWordReturnsIt(String word, boolean value) {
		assertThat(ValueParser.flag().parse(word)).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled", "t", "ok", "2", "true,false" })
	void flagWhenAnotherWordRefuses(String word) {
		assertRefused(ValueParser.flag(), word);
	}

	@ParameterizedTest
	@CsvSource({ "5,PT5S", "5s,PT5S", "250ms,PT0.25S", "PT2S,PT2S", "2m,PT2M" })
	void durationWhenBareNumberIsSeconds(String text, Duration duration) {
		assertThat(ValueParser.duration(Duration.ZERO, Duration.ofDays(1)).parse(text)).isEqualTo(duration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "2d", "soon", "5 parsecs", "99999999999999999999", "PT999999999999999999H" })
	void durationWhenNoneOrOutOfRangeRefuses(String text) {
		assertRefused(ValueParser.duration(Duration.ZERO, Duration.ofDays(1)), text);
	}

	@ParameterizedTest
	@CsvSource({ "2048,2048", "10MB,10485760", "1KB,1024" })
	void sizeWhenBareNumberIsBytes(String text, long bytes) {
		assertThat(ValueParser.size(1024).parse(text)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1023", "-5MB", "big", "99999999999999TB" })
	void sizeWhenNoneOrTooSmallRefuses(String text) {
		assertRefused(ValueParser.size(1024), text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "11", "2.5", "two", "99999999999" })
	void wholeNumberWhenNoneOrOutOfRangeRefuses(String text) {
		assertThat(ValueParser.wholeNumber(1, 10).parse("10")).isEqualTo(10);
		assertRefused(ValueParser.wholeNumber(1, 10), text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NaN", "1.01", "-0.1", "half", "Infinity" })
	void numberWhenNoneOrOutOfRangeRefuses(String text) {
		assertThat(ValueParser.number(0, 1).parse("0.5")).isEqualTo(0.5);
		assertRefused(ValueParser.number(0, 1), text);
	}

	@Test
	void choiceWhenAnotherWordNamesTheWords() {
		ValueParser<MachineIdMode> parser = ValueParser.choice(MachineIdMode.class);
		assertThat(parser.parse("Derived")).isEqualTo(MachineIdMode.DERIVED);
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> parser.parse("random"))
			.satisfies((ex) -> assertThat(ex.action()).isEqualTo("use 'none' or 'rotating' or 'derived'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://a.example.com", "a.example.com:80", "a b", "*", "a,b/c" })
	void hostNamesWhenNotANameRefuses(String text) {
		assertThat(ValueParser.hostNames().parse("A.example.com, b")).containsExactly("a.example.com", "b");
		assertRefused(ValueParser.hostNames(), text);
	}

	@Test
	void lineWhenSeveralLinesOrTooLongRefuses() {
		assertThat(ValueParser.line(3).parse("a b")).isEqualTo("a b");
		assertRefused(ValueParser.line(3), "a\nb");
		assertRefused(ValueParser.line(3), "abcd");
	}

	private static void assertRefused(ValueParser<?> parser, String text) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> parser.parse(text))
			.satisfies((ex) -> assertThat(ex.problem()).isNotBlank())
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

}
