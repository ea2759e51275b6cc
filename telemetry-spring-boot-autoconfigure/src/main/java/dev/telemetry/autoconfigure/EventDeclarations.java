package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.telemetry.aspect.DeclaredEvents;
import dev.telemetry.aspect.TelemetryEventScanner;
import dev.telemetry.declaration.Declarations;
import dev.telemetry.problem.Problem;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Declares what the annotated beans of a context record. What is met later counts as
 * undeclared; what beans of a child context declare is dropped, for the notice was
 * written when the parent started.
 */
final class EventDeclarations {

	private static final Log logger = LogFactory.getLog(EventDeclarations.class);

	private final ConfigurableListableBeanFactory beans;

	private final TelemetryEventScanner scanner;

	private final TelemetrySpecRegistry registry;

	private final Consumer<Problem> problems;

	EventDeclarations(ConfigurableListableBeanFactory beans, TelemetryEventScanner scanner,
			TelemetrySpecRegistry registry, Consumer<Problem> problems) {
		this.beans = beans;
		this.scanner = scanner;
		this.registry = registry;
		this.problems = problems;
	}

	/**
	 * Declare everything, in the order of the beans; then what was met otherwise, such as
	 * the class behind what a factory made.
	 */
	void declare() {
		examine();
		this.scanner.found()
			.stream()
			.flatMap((declared) -> declared.definitions().stream())
			.forEach((definition) -> Declarations.join(this.registry, definition, this.problems));
		this.scanner.declared(this::late);
	}

	/**
	 * Look at all beans, so that what is wrong with them is known when the context has
	 * started.
	 */
	void examine() {
		for (String name : this.beans.getBeanDefinitionNames()) {
			try {
				types(name).forEach(this.scanner::scan);
			}
			catch (RuntimeException | LinkageError ex) {
				// Such as a lazy bean of a class that is not on the class path
				logger.debug("Telemetry: the type of bean '" + name + "' cannot be told", ex);
			}
		}
	}

	/** No bean is made in order to look at it. */
	private Set<Class<?>> types(String name) {
		Set<@Nullable Class<?>> types = new LinkedHashSet<>();
		Object bean = this.beans.containsSingleton(name) ? this.beans.getSingleton(name) : null;
		if (bean != null && !(bean instanceof FactoryBean)) {
			types.add(AopProxyUtils.ultimateTargetClass(bean));
		}
		else {
			BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
			types.add((Class<?>) definition.getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE));
			types.add(definition.getResolvableType().resolve());
			types.add(this.beans.getType(name, false));
		}
		types.remove(null);
		return new LinkedHashSet<>(types);
	}

	private void late(DeclaredEvents declared) {
		boolean ours = isOurs(declared.type());
		for (EventDefinition definition : declared.definitions()) {
			EventDefinition added = withoutMeasured(definition);
			if (ours) {
				Declarations.reportLate(this.registry, added, this.problems);
			}
			else {
				Declarations.leaveOutOfChild(this.registry, added, declared.type().getName(), this.problems);
			}
		}
	}

	/**
	 * A class that is met late is of a bean that is being made: one of ours whose
	 * declared type hides the class, or else one of a child.
	 */
	private boolean isOurs(Class<?> type) {
		for (String name : this.beans.getBeanDefinitionNames()) {
			try {
				Class<?> declared = this.beans.getType(name, false);
				if (this.beans.isCurrentlyInCreation(name) && (declared == null || declared.isAssignableFrom(type))) {
					return true;
				}
			}
			catch (RuntimeException | LinkageError ex) {
				logger.debug("Telemetry: the type of bean '" + name + "' cannot be told", ex);
			}
		}
		return this.beans.getBeanNamesForType(type, true, false).length > 0;
	}

	/** What is measured needs no declaration. */
	private static EventDefinition withoutMeasured(EventDefinition definition) {
		EventDefinition.Builder builder = EventDefinition.builder(definition.name());
		List<PropertyDefinition> properties = new ArrayList<>(definition.properties().values());
		properties.removeIf((property) -> DeclaredEvents.MEASURED.contains(property.name()));
		properties.forEach(builder::property);
		return builder.build();
	}

}
