package dev.telemetry.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.telemetry.setting.ValueParser;

/**
 * What is said of a property beside its name, type, meaning and default. Stated on the
 * component of the record that holds the property, and nowhere else. They are on the
 * component alone, not on the parameter of the constructor: a {@code Binder} parses the
 * annotations of every parameter each time it binds.
 */
final class PropertyRules {

	private PropertyRules() {
	}

	/** The values a number, duration or size may have. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Range {

		/** Return the least, spelled as a value of the property. */
		String min();

		/** Return the most, or nothing where there is no limit. */
		String max() default "";

	}

	/** The most characters of a text, which is one line. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Line {

		/** Return the most characters. */
		int value();

	}

	/** What converts a text that no type stands for. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Syntax {

		/** Return the parser, which has a constructor without parameters. */
		Class<? extends ValueParser<?>> value();

	}

	/** The value that protects people, in place of one that cannot be used. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Protective {

		/** Return the value, spelled as in a configuration. */
		String value();

	}

	/** The sink that is not created when the value cannot be used. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface OfSink {

		/** Return the name of the sink. */
		String value();

	}

	/** A short name of the source systems. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Alias {

		/** Return the name without {@code telemetry.}. */
		String value();

	}

	/** The value, or each value of the map, is shown nowhere. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Secret {

	}

	/** The value is an address, in which credentials do not belong and are met. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface Address {

	}

	/** The value is read elsewhere; the component is for its name and meaning only. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.RECORD_COMPONENT)
	@interface ReadApart {

	}

}
