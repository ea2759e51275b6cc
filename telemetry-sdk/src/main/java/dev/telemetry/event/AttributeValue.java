package dev.telemetry.event;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Normalises attribute values. The rules are those of {@link Event.Builder#attribute}.
 */
public final class AttributeValue {

	/** Marks a value that cannot be recorded. */
	public static final Object REFUSED = new Object();

	private static final double SCALE = 10_000;

	// Below it a product with SCALE is exact enough to tell a tie from its neighbours
	private static final double EXACT = 1L << 40;

	// From here on every double is a whole number
	private static final double WHOLE = 1L << 53;

	private static final int MAX_BITS = 4096;

	private AttributeValue() {
	}

	/**
	 * Normalise a value. Never throws.
	 * @param value any value
	 * @return a {@link String}, {@link Long}, finite {@link Double} or {@link Boolean};
	 * {@code null} if there is nothing to record; {@link #REFUSED} for what cannot be
	 * recorded
	 */
	public static @Nullable Object normalise(@Nullable Object value) {
		if (value instanceof String text) {
			return Text.value(text);
		}
		if (value == null || value instanceof Boolean || value instanceof Long) {
			return value;
		}
		try {
			return convert(value);
		}
		catch (Exception | StackOverflowError ex) {
			// The value's own code failed: toString(), size(), doubleValue()
			return REFUSED;
		}
	}

	private static @Nullable Object convert(Object value) {
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof Enum<?> constant) {
			return Text.value(constant.name());
		}
		if (value instanceof CharSequence || value instanceof Character) {
			return Text.value(value.toString());
		}
		if (value instanceof Collection<?> collection) {
			return (long) collection.size();
		}
		if (value.getClass().isArray()) {
			return (long) Array.getLength(value);
		}
		return optional(value);
	}

	private static @Nullable Object optional(Object value) {
		if (value instanceof Optional<?> optional) {
			return normalise(optional.orElse(null));
		}
		if (value instanceof OptionalInt optional) {
			return optional.isPresent() ? (Object) (long) optional.getAsInt() : null;
		}
		if (value instanceof OptionalLong optional) {
			return optional.isPresent() ? (Object) optional.getAsLong() : null;
		}
		if (value instanceof OptionalDouble optional) {
			return optional.isPresent() ? number(optional.getAsDouble()) : null;
		}
		return REFUSED;
	}

	private static Object number(Number number) {
		if (number instanceof Integer || number instanceof Short || number instanceof Byte
				|| number instanceof AtomicLong || number instanceof AtomicInteger || number instanceof LongAdder
				|| number instanceof LongAccumulator) {
			return number.longValue();
		}
		if (number instanceof BigInteger integer) {
			return (integer.bitLength() < Long.SIZE) ? (Object) integer.longValue() : REFUSED;
		}
		// Reading a number of a million digits takes quadratic time
		if (number instanceof BigDecimal decimal && decimal.unscaledValue().bitLength() > MAX_BITS) {
			return REFUSED;
		}
		return number(number.doubleValue());
	}

	static Object number(double value) {
		return Double.isFinite(value) ? (Object) round(value) : REFUSED;
	}

	/**
	 * Round to 4 decimals, half up in the decimal notation of the number: 2.00005 becomes
	 * 2.0001 although the double is just below it.
	 * @param value a finite number
	 * @return the rounded number, never negative zero
	 */
	private static double round(double value) {
		if (Math.abs(value) >= WHOLE) {
			return value;
		}
		double scaled = value * SCALE;
		double floor = Math.floor(scaled);
		double rest = scaled - floor;
		if (Math.abs(scaled) >= EXACT || Math.abs(rest - 0.5) < 0.001) {
			return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).doubleValue() + 0.0;
		}
		return ((rest < 0.5) ? floor : floor + 1) / SCALE + 0.0;
	}

}
