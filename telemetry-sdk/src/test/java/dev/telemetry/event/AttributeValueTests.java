package dev.telemetry.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeValueTests {

	private static @Nullable Object normalise(@Nullable Object value) {
		return AttributeValue.normalise(value);
	}

	@Test
	void normaliseWhenStringTrimsIt() {
		assertThat(normalise("  EU west\u2003\n")).isEqualTo("EU west");
	}

	@Test
	void normaliseWhenNullOrBlankKeepsNothing() {
		assertThat(normalise(null)).isNull();
		assertThat(normalise(" \t\u2003")).isNull();
		assertThat(normalise(' ')).isNull();
		assertThat(normalise(Optional.empty())).isNull();
		assertThat(normalise(OptionalInt.empty())).isNull();
		assertThat(normalise(OptionalLong.empty())).isNull();
		assertThat(normalise(OptionalDouble.empty())).isNull();
	}

	@Test
	void normaliseWhenLoneSurrogateReplacesIt() {
		assertThat(normalise("a\uD800b\uDC00")).isEqualTo("a\uFFFDb\uFFFD");
		assertThat(normalise("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
		assertThat(normalise('\uD800')).isEqualTo("\uFFFD");
	}

	@Test
	void normaliseWhenTextOfAnotherTypeMakesString() {
		assertThat(normalise('x')).isEqualTo("x");
		assertThat(normalise(new StringBuilder(" built "))).isEqualTo("built");
		assertThat(normalise(TimeUnit.SECONDS)).isEqualTo("SECONDS");
		assertThat(normalise(Optional.of(" in "))).isEqualTo("in");
	}

	@Test
	void normaliseWhenIntegralMakesLong() {
		assertThat(normalise((byte) 1)).isEqualTo(1L);
		assertThat(normalise((short) -2)).isEqualTo(-2L);
		assertThat(normalise(3)).isEqualTo(3L);
		assertThat(normalise(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
		assertThat(normalise(new AtomicInteger(4))).isEqualTo(4L);
		assertThat(normalise(new AtomicLong(5))).isEqualTo(5L);
		assertThat(normalise(BigInteger.valueOf(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
		assertThat(normalise(OptionalInt.of(6))).isEqualTo(6L);
		assertThat(normalise(OptionalLong.of(7))).isEqualTo(7L);
	}

	@Test
	void normaliseWhenBigIntegerDoesNotFitRefuses() {
		assertThat(normalise(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE))).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(BigInteger.valueOf(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
	}

	@ParameterizedTest
	@CsvSource({ "12.5, 12.5", "12, 12.0", "0.12345, 0.1235", "0.12344, 0.1234", "2.00005, 2.0001", "1.00005, 1.0001",
			"-2.00005, -2.0001", "-0.00001, 0.0", "-0.0, 0.0", "0.00005, 0.0001", "123456789.98765, 123456789.9877",
			"1e300, 1e300", "4503599627370497.5, 4503599627370497.5", "1e-300, 0.0" })
	void normaliseWhenFractionRoundsHalfUpInDecimal(double value, double expected) {
		assertThat(normalise(value)).isEqualTo(expected);
	}

	@Test
	void normaliseWhenOtherNumberMakesDouble() {
		assertThat(normalise(0.1f)).isEqualTo(0.1);
		assertThat(normalise(new BigDecimal("1.23456"))).isEqualTo(1.2346);
		assertThat(normalise(new BigDecimal("1e-1000000000"))).isEqualTo(0.0);
		assertThat(normalise(OptionalDouble.of(1.5))).isEqualTo(1.5);
	}

	@Test
	void normaliseWhenNumberCannotBeWrittenRefuses() {
		assertThat(normalise(Double.NaN)).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(Double.NEGATIVE_INFINITY)).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(Float.POSITIVE_INFINITY)).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(new BigDecimal("1e400"))).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(new BigDecimal(BigInteger.ONE.shiftLeft(5000), 1600))).isSameAs(AttributeValue.REFUSED);
	}

	@Test
	void normaliseWhenSeveralValuesMakesTheirNumber() {
		assertThat(normalise(List.of("secret", "b"))).isEqualTo(2L);
		assertThat(normalise(Set.of())).isEqualTo(0L);
		assertThat(normalise(new int[3])).isEqualTo(3L);
		assertThat(normalise(new String[] { "a" })).isEqualTo(1L);
		assertThat(normalise(new byte[4])).isEqualTo(4L);
	}

	@Test
	void normaliseWhenAnythingElseRefuses() {
		assertThat(normalise(Map.of("a", 1))).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(new Object())).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(Optional.of(Map.of()))).isSameAs(AttributeValue.REFUSED);
	}

	@Test
	void normaliseWhenValueThrowsRefuses() {
		CharSequence broken = new Broken();
		assertThat(normalise(broken)).isSameAs(AttributeValue.REFUSED);
		assertThat(normalise(new AbstractList<String>() {

			@Override
			public String get(int index) {
				throw new IllegalStateException();
			}

			@Override
			public int size() {
				throw new IllegalStateException();
			}

		})).isSameAs(AttributeValue.REFUSED);
	}

	@Test
	void normaliseWhenTextIsHugeKeepsWholeWords() {
		String text = "word ".repeat(10_000);
		assertThat((String) normalise(text)).hasSizeLessThanOrEqualTo(Text.MAX_LENGTH).endsWith("word");
		assertThat((String) normalise("x".repeat(10_000))).hasSize(Text.MAX_LENGTH);
	}

	@Property
	boolean roundingAgreesWithDecimalArithmetic(@ForAll @DoubleRange(min = -1e12, max = 1e12) double value) {
		double expected = BigDecimal.valueOf(value).setScale(4, java.math.RoundingMode.HALF_UP).doubleValue() + 0.0;
		return Double.valueOf(expected).equals(normalise(value));
	}

	@Property
	boolean tiesAreRoundedUp(@ForAll int number) {
		double value = BigDecimal.valueOf(number * 10L + 5, 5).doubleValue();
		double expected = BigDecimal.valueOf(number * 10L + 5, 5)
			.setScale(4, java.math.RoundingMode.HALF_UP)
			.doubleValue() + 0.0;
		return Double.valueOf(expected).equals(normalise(value));
	}

	@Property
	boolean stringsBecomeValidUtf16AndStayAsTheyAre(@ForAll String text) {
		Object once = normalise(text);
		return once == null || (once.equals(normalise(once))
				&& once.toString().codePoints().noneMatch((c) -> c >= 0xD800 && c <= 0xDFFF));
	}

	private static final class Broken implements CharSequence {

		@Override
		public int length() {
			return 1;
		}

		@Override
		public char charAt(int index) {
			return 'x';
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this;
		}

		@Override
		public String toString() {
			throw new IllegalStateException("broken");
		}

	}

}
