package dev.telemetry.test;

import java.util.List;

import dev.telemetry.TelemetryContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Supplies {@link RecordedTelemetry} and {@link TelemetryContext} as parameters of tests.
 * In a test of Spring they are the beans of its context; in any other test they belong to
 * an {@link InMemoryTelemetry} of the test method, which ends with it.
 *
 * <pre>
 * &#64;RegisterExtension
 * TelemetryExtension telemetry = new TelemetryExtension();
 * </pre>
 */
public final class TelemetryExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(TelemetryExtension.class);

	private volatile @Nullable InMemoryTelemetry current;

	/** Create the extension. */
	public TelemetryExtension() {
	}

	/**
	 * Return what records events in the test that runs; not for a static extension of
	 * tests that run in parallel, which take parameters.
	 * @return the context
	 */
	public TelemetryContext context() {
		return current().context();
	}

	/**
	 * Return what the test that runs has recorded; see {@link #context()}.
	 * @return the recorded events
	 */
	public RecordedTelemetry recorded() {
		return current().recorded();
	}

	private InMemoryTelemetry current() {
		InMemoryTelemetry telemetry = this.current;
		if (telemetry == null) {
			throw new IllegalStateException("There is no telemetry outside of a test method; in a test of Spring take "
					+ "the bean " + RecordedTelemetry.class.getSimpleName());
		}
		return telemetry;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		if (!isSpring(context)) {
			this.current = telemetry(context);
		}
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.current = null;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		boolean ours = type == RecordedTelemetry.class || type == TelemetryContext.class;
		// What is annotated for Spring is resolved by Spring
		return ours && !(isSpring(context) && parameter.getParameter().getAnnotations().length > 0);
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		if (isSpring(context)) {
			ApplicationContext application = SpringExtension.getApplicationContext(context);
			return application.getBean(type);
		}
		InMemoryTelemetry telemetry = telemetry(context);
		return (type == TelemetryContext.class) ? telemetry.context() : telemetry.recorded();
	}

	/** JUnit closes it when the scope of the parameter ends. */
	private static InMemoryTelemetry telemetry(ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(InMemoryTelemetry.class, (type) -> InMemoryTelemetry.create(), InMemoryTelemetry.class);
	}

	/** Also when the class around a nested one is a test of Spring. */
	private static boolean isSpring(ExtensionContext context) {
		return context.getEnclosingTestClasses().stream().anyMatch(TelemetryExtension::isSpring)
				|| isSpring(context.getRequiredTestClass());
	}

	private static boolean isSpring(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.stream(ExtendWith.class)
			.map((annotation) -> annotation.getClassArray(MergedAnnotation.VALUE))
			.anyMatch((extensions) -> List.of(extensions).contains(SpringExtension.class));
	}

}
