package dev.telemetry.autoconfigure;

import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.telemetry.autoconfigure.PropertyRules.Line;
import dev.telemetry.autoconfigure.PropertyRules.OfSink;
import dev.telemetry.autoconfigure.PropertyRules.Protective;
import dev.telemetry.autoconfigure.PropertyRules.Range;
import dev.telemetry.autoconfigure.PropertyRules.Syntax;
import dev.telemetry.setting.ValueParser;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * A component of a record that holds properties.
 *
 * @param name the canonical name
 * @param component the component, with the rules stated on it
 */
record Property(String name, RecordComponent component) {

	/** As long as a parser takes. */
	private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

	boolean isList() {
		return List.class == this.component.getType();
	}

	boolean isMap() {
		return Map.class == this.component.getType();
	}

	boolean isValue() {
		return !isList() && !isMap();
	}

	boolean has(Class<? extends Annotation> rule) {
		return this.component.isAnnotationPresent(rule);
	}

	/** Return the sink that is not created without a right value, or {@code null}. */
	@Nullable String sink() {
		OfSink sink = this.component.getAnnotation(OfSink.class);
		return (sink != null) ? sink.value() : null;
	}

	/** Return what a wrong value is replaced by, or {@code null} for the default. */
	@Nullable Object protective() {
		Protective protective = this.component.getAnnotation(Protective.class);
		return (protective != null) ? parser().parse(protective.value()) : null;
	}

	/** Return the parser that is named for it, or {@code null}. */
	@Nullable Class<? extends ValueParser<?>> syntax() {
		Syntax syntax = this.component.getAnnotation(Syntax.class);
		return (syntax != null) ? syntax.value() : null;
	}

	/** Return what converts the text, as the type and what is said of it demand. */
	ValueParser<?> parser() {
		Class<?> type = this.component.getType();
		Class<? extends ValueParser<?>> syntax = syntax();
		if (syntax != null) {
			return BeanUtils.instantiateClass(syntax);
		}
		if (type == boolean.class || type == Boolean.class) {
			return ValueParser.flag();
		}
		if (type.isEnum()) {
			return choice(type);
		}
		return (type == String.class) ? text() : ranged(type);
	}

	private ValueParser<String> text() {
		Line line = this.component.getAnnotation(Line.class);
		return (line != null) ? ValueParser.line(line.value()) : (text) -> text;
	}

	private ValueParser<?> ranged(Class<?> type) {
		Range range = this.component.getAnnotation(Range.class);
		Assert.state(range != null, () -> this.name + " has no range");
		if (type == int.class) {
			return ValueParser.wholeNumber(Integer.parseInt(range.min()), Integer.parseInt(range.max()));
		}
		if (type == double.class) {
			return ValueParser.number(Double.parseDouble(range.min()), Double.parseDouble(range.max()));
		}
		if (type == Duration.class) {
			ValueParser<Duration> any = ValueParser.duration(Duration.ZERO, LONGEST);
			return ValueParser.duration(any.parse(range.min()), any.parse(range.max()));
		}
		Assert.state(type == DataSize.class, () -> this.name + " has a type without parser");
		ValueParser<Long> size = ValueParser.size(ValueParser.size(0).parse(range.min()));
		return (text) -> DataSize.ofBytes(size.parse(text));
	}

	@SuppressWarnings("unchecked")
	private static <E extends Enum<E>> ValueParser<E> choice(Class<?> type) {
		return ValueParser.choice((Class<E>) type);
	}

}
