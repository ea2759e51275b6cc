package dev.telemetry.autoconfigure;

import dev.telemetry.problem.Problems;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for a child of a context that has
 * telemetry. There is one telemetry for both, that of the parent, which has started when
 * the child begins to: what the child declares comes too late for the notice.
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class)
@ConditionalOnBean(TelemetrySettings.class)
@ConditionalOnMissingBean(value = TelemetrySettings.class, search = SearchStrategy.CURRENT)
public final class TelemetryChildContextAutoConfiguration {

	@Bean
	static SmartInitializingSingleton telemetryChildContextBeans(ListableBeanFactory beans,
			ObjectProvider<TelemetrySpecRegistry> registry, ObjectProvider<Problems> problems) {
		return () -> registry.ifAvailable((all) -> problems
			.ifAvailable((mistakes) -> new ChildContextBeans(beans, all, mistakes::report).check()));
	}

}
