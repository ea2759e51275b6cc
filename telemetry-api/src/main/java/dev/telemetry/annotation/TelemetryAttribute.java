package dev.telemetry.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records a parameter of a method, or its result, as an attribute of the event that
 * {@link TelemetryEvent} records. On a method it means the result, or what a
 * {@code CompletionStage}, {@code Mono} or Kotlin suspend function resolves to; a
 * {@code Flux} has none. Values are read after the method returned; what is {@code null}
 * on the way, or throws, is left out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.PARAMETER, ElementType.METHOD })
public @interface TelemetryAttribute {

	/**
	 * The key of the attribute.
	 */
	String value();

	/**
	 * Which part of the value to record, as names of properties with dots between them,
	 * for example {@code lines.size}. Empty means the value itself. Not an expression:
	 * nothing is evaluated but public getters, record components, {@code size} of a
	 * collection, map or array and {@code length} of a string or array.
	 */
	String path() default "";

}
