package dev.telemetry.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records a parameter of a method, or its result, as an attribute of the event that
 * {@link TelemetryEvent} records. On a method it means the result, or what a result that
 * ends later resolves to, such as a {@code CompletionStage}, {@code Mono},
 * {@code Callable} or Kotlin suspend function. Values are read after the method returned;
 * what is {@code null} on the way is left out. So is, with a problem that names the
 * method, what cannot be read: the result of a {@code Flux}, which is no single value, a
 * property that is not there, a getter that throws. The event is recorded all the same.
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
