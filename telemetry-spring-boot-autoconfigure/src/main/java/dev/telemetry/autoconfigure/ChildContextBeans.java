package dev.telemetry.autoconfigure;

import java.util.List;
import java.util.function.Consumer;

import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.declaration.Declarations;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TenantControls;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Tells of beans of a child context that are meant for telemetry: the parent, whose
 * telemetry it is, has not seen them.
 */
final class ChildContextBeans {

	private static final List<Class<?>> WITHOUT_EFFECT = List.of(ConsentSource.class, ConsentStore.class,
			EventProcessor.class, EventObserver.class, TenantControls.class, TelemetrySink.class,
			TelemetrySinkFactory.class, DeletionRequestor.class, TelemetryConnectionDetails.class);

	private final ListableBeanFactory beans;

	private final TelemetrySpecRegistry registry;

	private final Consumer<Problem> problems;

	ChildContextBeans(ListableBeanFactory beans, TelemetrySpecRegistry registry, Consumer<Problem> problems) {
		this.beans = beans;
		this.registry = registry;
		this.problems = problems;
	}

	void check() {
		this.beans.getBeansOfType(EventDefinition.class).forEach(this::leaveOut);
		this.beans.getBeansOfType(TelemetrySpec.class)
			.forEach((name, spec) -> spec.events().forEach((definition) -> leaveOut(name, definition)));
		for (Class<?> type : WITHOUT_EFFECT) {
			for (String name : this.beans.getBeanNamesForType(type, true, false)) {
				this.problems.accept(new Problem("bean '" + name + "'", type.getSimpleName(),
						"it has no effect because it is in a child context",
						"register it in the parent context, where telemetry was started"));
			}
		}
	}

	private void leaveOut(String name, EventDefinition definition) {
		Declarations.leaveOutOfChild(this.registry, definition, "bean '" + name + "'", this.problems);
	}

}
