package dev.telemetry.pipeline;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;

import dev.telemetry.Internal;
import dev.telemetry.event.AttributeValue;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.jspecify.annotations.Nullable;

/**
 * Holds values to what was declared of them: judges them first and redacts them then.
 * What is personal leaves here replaced, never as a zero or another value that could be
 * true. Safe for use by several threads.
 */
@Internal
public final class DeclaredValues {

	/** Marks a value that is not as declared. */
	public static final Object REFUSED = AttributeValue.REFUSED;

	/** Marks a value that code was not seen to record: it counts as undeclared. */
	public static final Object UNDECLARED = new Object();

	// Beyond it a double no longer tells whole numbers apart
	private static final double EXACT = 1L << 53;

	// What a quotient may lie below a whole number by the error of a division alone
	private static final double ERROR = 1e-9;

	private final JsonText json;

	DeclaredValues(Redactor redactor) {
		this.json = new JsonText(redactor);
	}

	/**
	 * Return the recorded form of a value.
	 * @param property what was declared
	 * @param value any value
	 * @param pseudonyms makes hashes, or {@code null} if there may be none: then values
	 * that would be hashed are masked
	 * @return a normal value, {@code null} if nothing is recorded, {@link #REFUSED} or
	 * {@link #UNDECLARED}
	 */
	public @Nullable Object keep(PropertyDefinition property, @Nullable Object value, @Nullable Pseudonyms pseudonyms) {
		Object normal = normalise(property.type(), value);
		if (normal == null || normal == REFUSED || !isAllowed(property, normal)) {
			return (normal != null) ? REFUSED : null;
		}
		if (property.inferred() && !isAmong(property.values(), normal)) {
			return UNDECLARED;
		}
		return switch (property.redaction()) {
			case SECRETS -> normal;
			case BUCKET -> bucket((Number) normal, property.bucket());
			case HASH -> (pseudonyms != null) ? pseudonyms.of(normal.toString()) : mask(normal);
			case MASK -> mask(normal);
			case DROP -> null;
		};
	}

	private static @Nullable Object mask(Object normal) {
		// That there was a text may be told; a number or flag has no such stand-in
		return (normal instanceof String) ? Redactor.MARKER : null;
	}

	private static Object bucket(Number value, double width) {
		if (value instanceof Long whole && width == Math.rint(width) && width < EXACT) {
			return Math.multiplyExact(Math.floorDiv(whole, (long) width), (long) width);
		}
		return Math.floor(value.doubleValue() / width + ERROR) * width;
	}

	private @Nullable Object normalise(PropertyType type, @Nullable Object value) {
		return switch (type) {
			case NUMBER -> (value instanceof Long) ? value : AttributeValue.normalise(measured(value));
			case TIMESTAMP -> timestamp(value);
			case JSON -> isStructure(value) ? this.json.write(value) : AttributeValue.normalise(value);
			default -> AttributeValue.normalise(value);
		};
	}

	/** A measure may have its unit: of a map the number under "value" counts. */
	private static @Nullable Object measured(@Nullable Object value) {
		return (value instanceof Map<?, ?> measure && measure.get("value") instanceof Number number) ? number : value;
	}

	private static boolean isStructure(@Nullable Object value) {
		return value instanceof Map<?, ?> || value instanceof Iterable<?>
				|| (value != null && value.getClass().isArray());
	}

	private static @Nullable Object timestamp(@Nullable Object value) {
		try {
			if (value instanceof Instant instant) {
				return text(instant);
			}
			if (value instanceof OffsetDateTime time) {
				return text(time.toInstant());
			}
			if (value instanceof ZonedDateTime time) {
				return text(time.toInstant());
			}
			if (value instanceof Date date) {
				return text(date.toInstant());
			}
			return parsed(AttributeValue.normalise(value));
		}
		catch (DateTimeException | UnsupportedOperationException ex) {
			return REFUSED;
		}
	}

	private static @Nullable Object parsed(@Nullable Object normal) {
		if (normal instanceof Long millis) {
			return text(Instant.ofEpochMilli(millis));
		}
		if (normal instanceof String text) {
			return text(OffsetDateTime.parse(text).toInstant());
		}
		return (normal != null) ? REFUSED : null;
	}

	/** A year of more than four digits can be written by no format that is sent. */
	private static Object text(Instant instant) {
		String text = instant.toString();
		return Character.isDigit(text.charAt(0)) ? text : REFUSED;
	}

	private static boolean isAllowed(PropertyDefinition property, Object normal) {
		if (property.inferred()) {
			return true;
		}
		return switch (property.type()) {
			case STRING -> normal instanceof String && isAmong(property.values(), normal);
			case NUMBER -> normal instanceof Number number && isWithin(property, number.doubleValue());
			case BOOLEAN -> normal instanceof Boolean;
			case TIMESTAMP, JSON -> true;
		};
	}

	private static boolean isAmong(List<String> values, Object normal) {
		return values.isEmpty() || (normal instanceof String text && values.contains(text));
	}

	private static boolean isWithin(PropertyDefinition property, double value) {
		Double min = property.min();
		Double max = property.max();
		return (min == null || value >= min) && (max == null || value <= max);
	}

}
