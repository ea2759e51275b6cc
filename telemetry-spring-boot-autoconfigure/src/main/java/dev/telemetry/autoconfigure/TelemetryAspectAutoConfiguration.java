package dev.telemetry.autoconfigure;

import dev.telemetry.TelemetryContext;
import dev.telemetry.aspect.TelemetryEventAdvisor;
import dev.telemetry.aspect.TelemetryEventScanner;
import dev.telemetry.problem.Problems;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

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
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
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
		// Not converted: Spring Boot takes every other value for the default as well
		boolean byInterfaces = "false".equalsIgnoreCase(environment.getProperty("spring.aop.proxy-target-class"));
		return new TelemetryEventScanner(!byInterfaces,
				(problem) -> problems.ifAvailable((all) -> all.report(problem)));
	}

	/**
	 * One for each context: the auto-proxy creator of a child may look for advisors in
	 * the child alone.
	 */
	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TelemetryEventAdvisor telemetryEventAdvisor(TelemetryEventScanner scanner,
			ObjectProvider<TelemetryContext> context) {
		return new TelemetryEventAdvisor(scanner, context::getIfAvailable, System::nanoTime,
				TelemetryEventAdvisor.DEFAULT_ORDER);
	}

	/**
	 * Declares what annotated beans record, when all of them exist and before the gate
	 * opens. In a child context the gate is open already.
	 */
	@Bean
	static SmartInitializingSingleton telemetryEventDeclarations(ConfigurableListableBeanFactory beans,
			TelemetryEventScanner scanner, ObjectProvider<TelemetrySpecRegistry> registry,
			ObjectProvider<Problems> problems) {
		boolean child = beans.getBeanNamesForType(TelemetryEventScanner.class, false, false).length == 0;
		return () -> registry.ifAvailable((all) -> problems.ifAvailable((mistakes) -> {
			EventDeclarations declarations = new EventDeclarations(beans, scanner, all, mistakes::report);
			if (child) {
				declarations.examine();
			}
			else {
				declarations.declare();
			}
		}));
	}

	/** Registers Spring's auto-proxy creator unless there is one already. */
	static final class AutoProxyRegistrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		}

	}

}
