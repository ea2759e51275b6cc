package dev.telemetry.sdk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;

import dev.telemetry.consent.notice.NoticeProperty;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.spec.MeasuredProperty;
import org.jspecify.annotations.Nullable;

/**
 * Values as an event could have them: allowed by the declaration, and what is left of
 * them after redaction. None of them is of this installation.
 */
final class SampleValues {

	/** A pseudonym that is none. */
	private static final String PSEUDONYM = "0".repeat(40);

	private static final BigDecimal COUNT = BigDecimal.valueOf(3);

	private static final BigDecimal MILLISECONDS = BigDecimal.valueOf(12.5);

	/** Above it, a value is not written with all digits. */
	private static final BigDecimal LARGE = BigDecimal.valueOf(1_000_000_000_000L);

	private static final BigDecimal SHARE = BigDecimal.valueOf(0.25);

	private final Instant now;

	SampleValues(Instant now) {
		this.now = now;
	}

	/**
	 * Return a value as it would be sent.
	 * @param property the property
	 * @return the value, or {@code null} when nothing of it would be sent
	 */
	@Nullable Object of(NoticeProperty property) {
		return switch (property.redaction()) {
			case "drop" -> null;
			case "value" -> (inClear(property) instanceof String) ? Redactor.MARKER : null;
			case "hash" -> PSEUDONYM;
			case "bucket" -> Double.valueOf(Objects.requireNonNull(property.bucket()));
			default -> inClear(property);
		};
	}

	/**
	 * Return a value that the system measures, of a call that fails where the event tells
	 * of errors, so that all of it is seen and fits together.
	 * @param property the measured property
	 * @param failed whether the event tells of errors
	 */
	static Object of(MeasuredProperty property, boolean failed) {
		return switch (property) {
			case DURATION_MS -> MILLISECONDS.doubleValue();
			case SUCCESS -> !failed;
			case OUTCOME -> failed ? "error" : "ok";
			case ERROR -> "IllegalStateException";
		};
	}

	/** Return a text as a caller could have given it. */
	static String text(String key) {
		return "sample-" + key.replace('_', '-');
	}

	private Object inClear(NoticeProperty property) {
		if (!property.values().isEmpty()) {
			return property.values().get(0);
		}
		return switch (property.type()) {
			case "number" -> number(property);
			case "boolean" -> true;
			case "timestamp" -> this.now.toString();
			case "json" -> "{\"items\":3}";
			default -> text(property.name());
		};
	}

	/** A whole number, unless the name or the bounds ask for another one. */
	private static Number number(NoticeProperty property) {
		BigDecimal number = within(property, plausible(property.name()));
		boolean whole = number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(LARGE) < 0;
		if (whole) {
			return number.longValue();
		}
		return number.doubleValue();
	}

	private static BigDecimal plausible(String name) {
		if (name.endsWith("_ms") || name.contains("duration")) {
			return MILLISECONDS;
		}
		return (name.endsWith("rate") || name.endsWith("ratio") || name.endsWith("share")) ? SHARE : COUNT;
	}

	private static BigDecimal within(NoticeProperty property, BigDecimal number) {
		BigDecimal min = (property.min() != null) ? new BigDecimal(property.min()) : number;
		BigDecimal max = (property.max() != null) ? new BigDecimal(property.max()) : number;
		if (number.compareTo(min) < 0) {
			BigDecimal whole = min.setScale(0, RoundingMode.CEILING);
			return (property.max() == null || whole.compareTo(max) <= 0) ? whole : min;
		}
		if (number.compareTo(max) > 0) {
			BigDecimal whole = max.setScale(0, RoundingMode.FLOOR);
			return (property.min() == null || whole.compareTo(min) >= 0) ? whole : max;
		}
		return number;
	}

}
