package dev.telemetry.autoconfigure;

import dev.telemetry.TelemetryContext;
import dev.telemetry.aspect.TelemetryEventAdvisor;
import dev.telemetry.aspect.TelemetryEventScanner;
import dev.telemetry.declaration.Declarations;
import dev.telemetry.problem.Problems;
import dev.telemetry.spec.TelemetrySpecRegistry;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * {@link AutoConfiguration Auto-configuration} for annotated methods: a plain advisor,
 * and an auto-proxy creator if there is none.
 */
@AutoConfiguration(after = { TelemetryAutoConfiguration.class, AopAutoConfiguration.class })
@ConditionalOnClass(AopConfigUtils.class)
@ConditionalOnBean(TelemetryContext.class)
@Import(TelemetryAspectAutoConfiguration.AutoProxyRegistrar.class)
public final class TelemetryAspectAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TelemetryEventScanner telemetryEventScanner(Environment environment, ObjectProvider<Problems> problems) {
		return new TelemetryEventScanner(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true),
				(problem) -> problems.ifAvailable((all) -> all.report(problem)));
	}

	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TelemetryEventAdvisor telemetryEventAdvisor(TelemetryEventScanner scanner,
			ObjectProvider<TelemetryContext> context) {
		return new TelemetryEventAdvisor(scanner, context::getIfAvailable, System::nanoTime,
				TelemetryEventAdvisor.DEFAULT_ORDER);
	}

	/**
	 * Declares what annotated beans record, when all of them exist and before the gate
	 * opens.
	 */
	@Bean
	static SmartInitializingSingleton telemetryEventDeclarations(ConfigurableListableBeanFactory beans,
			TelemetryEventScanner scanner, ObjectProvider<TelemetrySpecRegistry> registry,
			ObjectProvider<Problems> problems) {
		return () -> registry
			.ifAvailable((all) -> problems.ifAvailable((mistakes) -> declare(beans, scanner, all, mistakes)));
	}

	private static void declare(ConfigurableListableBeanFactory beans, TelemetryEventScanner scanner,
			TelemetrySpecRegistry registry, Problems problems) {
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = beans.getType(name, false);
			if (type != null) {
				scanner.scan(type)
					.definitions()
					.forEach((definition) -> Declarations.join(registry, definition, problems::report));
			}
		}
		scanner.declared((definition) -> Declarations.reportLate(registry, definition, problems::report));
	}

	/** Registers Spring's auto-proxy creator unless there is one already. */
	static final class AutoProxyRegistrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		}

	}

}
