package dev.telemetry.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the context of every test of Spring telemetry in memory. */
final class TelemetryContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		@Nullable AutoConfigureTelemetry annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureTelemetry.class);
		return new TelemetryContextCustomizer(
				(annotation != null) ? annotation.consent() : AutoConfigureTelemetry.Consent.GRANTED,
				annotation != null && annotation.export());
	}

}
