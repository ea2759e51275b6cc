package dev.telemetry.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says with which consent each test method of a class of Spring begins. Without it
 * consent is granted, and nothing leaves this machine. Nested classes inherit it. A test
 * may change the decision, such as through the endpoint; the next one begins anew.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(TelemetryExtension.class)
public @interface AutoConfigureTelemetry {

	/**
	 * Return what was decided before each test.
	 * @return the consent
	 */
	Consent consent() default Consent.GRANTED;

	/**
	 * Return whether sinks that leave this machine are created as well, such as those
	 * that are configured and those that are beans; for tests with {@link SentRequests}.
	 * @return {@code true} for the scope {@code EXPORT}
	 */
	boolean export() default false;

	/** What was decided. */
	enum Consent {

		/** The user has granted consent. */
		GRANTED,

		/** No decision has been made. */
		UNDECIDED,

		/** The user has denied consent. */
		DENIED

	}

}
