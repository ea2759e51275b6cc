package dev.telemetry.spec;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The condition under which an event is recorded, for example
 * {@code items > 3 and channel in ['web', 'mobile']}. Immutable.
 * <p>
 * Terms compare a property with a literal: {@code ==}, {@code !=}, {@code <}, {@code <=},
 * {@code >}, {@code >=}, {@code in [...]}; a property alone means that it is
 * {@code true}. They are joined by {@code and}, {@code or}, {@code not} and parentheses.
 * Literals are numbers, {@code true}, {@code false} and texts in single or double quotes
 * without escapes. A term about a property that an event does not have does not hold.
 * There are no variables, calls or types: nothing is evaluated but comparisons.
 */
public final class SamplingCondition {

	private final String text;

	private final Term term;

	private SamplingCondition(String text, Term term) {
		this.text = text;
		this.term = term;
	}

	/**
	 * Read a condition.
	 * @param text the condition, of at most 256 characters
	 * @return the condition
	 * @throws IllegalArgumentException if it cannot be read; the message says where and
	 * what was expected
	 */
	public static SamplingCondition of(String text) {
		return new SamplingCondition(text.strip(), new SamplingConditionParser(text.strip()).parse());
	}

	/**
	 * Decide about an event.
	 * @param values returns what the event holds under a key: a string, a number, a
	 * boolean, or {@code null}
	 * @return whether it is to be recorded
	 */
	public boolean holds(Function<String, @Nullable Object> values) {
		return this.term.holds(values);
	}

	/**
	 * Check that every property is declared, of a type that the literal can equal, and
	 * that an event shows it: else the choice of recorded events would reveal what is not
	 * in them.
	 * @throws IllegalArgumentException if not
	 */
	void check(Map<String, PropertyDefinition> properties) {
		this.term.check(properties);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SamplingCondition condition && this.text.equals(condition.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Return the condition as it was written.
	 * @return its text
	 */
	@Override
	public String toString() {
		return this.text;
	}

	/** A part of a condition. */
	sealed interface Term {

		boolean holds(Function<String, @Nullable Object> values);

		void check(Map<String, PropertyDefinition> properties);

	}

	/**
	 * Two terms.
	 *
	 * @param both whether both have to hold, or one of them is enough
	 */
	record Pair(Term left, Term right, boolean both) implements Term {

		@Override
		public boolean holds(Function<String, @Nullable Object> values) {
			return this.both ? this.left.holds(values) && this.right.holds(values)
					: this.left.holds(values) || this.right.holds(values);
		}

		@Override
		public void check(Map<String, PropertyDefinition> properties) {
			this.left.check(properties);
			this.right.check(properties);
		}

	}

	/** It does not hold. */
	record Not(Term term) implements Term {

		@Override
		public boolean holds(Function<String, @Nullable Object> values) {
			return !this.term.holds(values);
		}

		@Override
		public void check(Map<String, PropertyDefinition> properties) {
			this.term.check(properties);
		}

	}

	/**
	 * A property compared with a literal.
	 *
	 * @param property its name
	 * @param operator how they are compared
	 * @param literal a {@link Double}, {@link Boolean} or {@link String}
	 */
	record Comparison(String property, Operator operator, Object literal) implements Term {

		@Override
		public boolean holds(Function<String, @Nullable Object> values) {
			Object value = values.apply(this.property);
			if (value == null) {
				return false;
			}
			if (this.literal instanceof Double number) {
				return value instanceof Number actual
						&& this.operator.accepts(Double.compare(actual.doubleValue() + 0.0, number));
			}
			return this.literal.getClass() == value.getClass()
					&& this.operator.accepts(this.literal.equals(value) ? 0 : 1);
		}

		@Override
		public void check(Map<String, PropertyDefinition> properties) {
			PropertyDefinition declared = properties.get(this.property);
			if (declared == null) {
				throw new IllegalArgumentException("'" + this.property + "' must be declared for a condition");
			}
			if (declared.redaction() != Redaction.SECRETS && declared.redaction() != Redaction.BUCKET) {
				throw new IllegalArgumentException("'" + this.property
						+ "' must be kept in clear or in buckets for a condition: it would tell what is not recorded");
			}
			PropertyType fitting = (this.literal instanceof Double) ? PropertyType.NUMBER
					: (this.literal instanceof Boolean) ? PropertyType.BOOLEAN : PropertyType.STRING;
			if (declared.type() != fitting) {
				throw new IllegalArgumentException("'" + this.property + "' must be a " + SpecFormatter.word(fitting)
						+ " to be compared with " + shown());
			}
			if (!declared.values().isEmpty() && !declared.values().contains(this.literal)) {
				throw new IllegalArgumentException("'" + this.property + "' can never be " + shown());
			}
		}

		private String shown() {
			return (this.literal instanceof String) ? "'" + this.literal + "'" : Objects.toString(this.literal);
		}

	}

	/** How a property is compared with a literal. */
	enum Operator {

		EQUAL("=="), NOT_EQUAL("!="), AT_MOST("<="), LESS("<"), AT_LEAST(">="), MORE(">");

		private final String sign;

		Operator(String sign) {
			this.sign = sign;
		}

		String sign() {
			return this.sign;
		}

		boolean isOrder() {
			return this != EQUAL && this != NOT_EQUAL;
		}

		/** Decide by how the value compares to the literal. */
		boolean accepts(int comparison) {
			return switch (this) {
				case EQUAL -> comparison == 0;
				case NOT_EQUAL -> comparison != 0;
				case AT_MOST -> comparison <= 0;
				case LESS -> comparison < 0;
				case AT_LEAST -> comparison >= 0;
				case MORE -> comparison > 0;
			};
		}

	}

}
