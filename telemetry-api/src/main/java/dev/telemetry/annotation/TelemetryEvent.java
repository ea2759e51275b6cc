package dev.telemetry.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records each call of a method, or of every public method of a class, as an event: how
 * long it took, whether it succeeded and, if not, the simple class name of the exception.
 * Arguments and results are recorded only where {@link TelemetryAttribute} asks for them.
 * A result that ends after the method returned is measured to its end; one of which
 * nothing tells the end, such as a {@code Future} or a {@code Stream}, is reported as a
 * problem, and calls are not recorded.
 * <p>
 * Works on methods of Spring beans that are called from outside the bean: a call through
 * {@code this} is not seen, nor is a private, static or final method. May be used on an
 * interface and on an annotation of your own, whose attributes may be aliases for those
 * here. The nearest annotation counts: one on the method before one on the class. On a
 * class it covers the public methods that the class and its subclasses declare, without
 * {@code equals}, {@code hashCode} and {@code toString}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
public @interface TelemetryEvent {

	/**
	 * The name of the event: lower case, with dots between its parts, for example
	 * {@code order.placed}. On a class the name of the method, in lower case with
	 * underscores, is appended after a dot. May be left out where {@link #success} and
	 * {@link #failure} are both given.
	 */
	String value() default "";

	/**
	 * The name of the event that is recorded instead of {@link #value} when a call
	 * succeeds, formed like that. Bears arguments and result; {@code value} by default.
	 */
	String success() default "";

	/**
	 * The name of the event that is recorded instead of {@link #value} when a call fails
	 * or is cancelled, formed like that. Bears arguments and the class of the exception;
	 * {@code value} by default.
	 */
	String failure() default "";

	/**
	 * The kind of event.
	 */
	String type() default "feature.used";

	/**
	 * What the event is collected for. Part of what a person agrees to.
	 */
	String purpose() default "";

}
