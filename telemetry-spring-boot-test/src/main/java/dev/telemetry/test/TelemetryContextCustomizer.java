package dev.telemetry.test;

import dev.telemetry.autoconfigure.TelemetryAspectAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.test.AutoConfigureTelemetry.Consent;

import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Imports telemetry for tests into a context, whether or not what the test loads imports
 * auto-configurations. Part of the key under which Spring caches contexts.
 *
 * @param consent what was decided before each test
 * @param export whether events may leave this machine
 */
record TelemetryContextCustomizer(Consent consent, boolean export) implements ContextCustomizer {

	private static final String SWITCH = "telemetry.test.auto-configure";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
		customize(context);
	}

	void customize(ConfigurableApplicationContext context) {
		boolean enabled = context.getEnvironment().getProperty(SWITCH, Boolean.class, true);
		if (enabled && context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
			registry.registerBeanDefinition("telemetryTestConsent",
					BeanDefinitionBuilder.rootBeanDefinition(TestConsent.class)
						.addConstructorArgValue(this.consent)
						.addConstructorArgValue(this.export)
						.getBeanDefinition());
			new AnnotatedBeanDefinitionReader(registry, context.getEnvironment()).register(Imports.class);
		}
	}

	/** What every context has. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TelemetryTestAutoConfiguration.class, TelemetryAutoConfiguration.class,
			TelemetryAspectAutoConfiguration.class })
	static class Imports {

	}

}
