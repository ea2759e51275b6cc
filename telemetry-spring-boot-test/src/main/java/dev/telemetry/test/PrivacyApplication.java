package dev.telemetry.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.sdk.TenantControls;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.test.AutoConfigureTelemetry.Consent;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application of a {@link PrivacyContract}, started in one of three ways.
 *
 * @param contract says what to start
 * @param arguments what it is started with besides
 * @param customizer changes the context before it is refreshed
 */
record PrivacyApplication(PrivacyContract contract, List<String> arguments,
		Consumer<ConfigurableApplicationContext> customizer) {

	/** What an application may add to telemetry by beans. */
	private static final List<Class<?>> EXTENSIONS = List.of(TelemetrySink.class, TelemetrySinkFactory.class,
			EventProcessor.class, EventObserver.class, ConsentSource.class, TenantControls.class,
			DeletionRequestor.class);

	/** The real one, of which no user has decided anything. */
	static PrivacyApplication undecided(PrivacyContract contract) {
		return new PrivacyApplication(contract, List.of(), (context) -> {
		});
	}

	/** With an open gate, in memory. */
	static PrivacyApplication granted(PrivacyContract contract) {
		return new PrivacyApplication(contract, List.of(),
				new TelemetryContextCustomizer(Consent.GRANTED, false)::customize);
	}

	/** As if it had no telemetry. */
	static PrivacyApplication control(PrivacyContract contract) {
		return new PrivacyApplication(contract, List.of("--telemetry.feature.enabled=false"),
				(context) -> context.addBeanFactoryPostProcessor(PrivacyApplication::removeExtensions));
	}

	private static void removeExtensions(ConfigurableListableBeanFactory beans) {
		if (beans instanceof BeanDefinitionRegistry registry) {
			for (Class<?> extension : EXTENSIONS) {
				for (String name : beans.getBeanNamesForType(extension, true, false)) {
					if (registry.containsBeanDefinition(name) && !isOurs(registry.getBeanDefinition(name))) {
						registry.removeBeanDefinition(name);
					}
				}
			}
		}
	}

	/** Such as what watches for anomalies. */
	private static boolean isOurs(BeanDefinition definition) {
		String factory = definition.getFactoryBeanName();
		return factory != null && factory.startsWith(TelemetryAutoConfiguration.class.getPackageName() + ".");
	}

	ConfigurableApplicationContext start(Path home) {
		SpringApplication application = new SpringApplication(this.contract.application());
		application.setBannerMode(Banner.Mode.OFF);
		application.setRegisterShutdownHook(false);
		application.addInitializers(this.customizer::accept);
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--telemetry.home=" + home));
		all.addAll(this.arguments);
		all.addAll(this.contract.arguments());
		return application.run(all.toArray(String[]::new));
	}

}
