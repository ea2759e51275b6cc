package dev.telemetry.autoconfigure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.sdk.TenantControls;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Has all beans of an application destroyed before one of ours, but for those that
 * telemetry itself needs: an executor is destroyed, and awaits its tasks, wherever in the
 * order the application has created it, and a bean may do something worth recording while
 * it is destroyed. Among themselves the beans of the application keep their order.
 */
/*
 * Spring destroys beans in the reverse order of their creation, but a bean that depends
 * on another one before that one. So each bean is registered as one that depends on ours,
 * the last created first.
 */
final class DestructionOrder {

	/** What the application gives us beside what is injected where Spring sees it. */
	private static final List<Class<?>> NEEDED = List.of(TelemetrySink.class, TelemetrySinkFactory.class,
			EventProcessor.class, EventObserver.class, TenantControls.class, ConsentStore.class, ConsentSource.class,
			DeletionRequestor.class);

	/** Where consent may be stored; a type of a module that may be absent. */
	private static final String DATA_SOURCE = "javax.sql.DataSource";

	private final ConfigurableListableBeanFactory beans;

	DestructionOrder(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Have every other bean that exists destroyed before one of ours.
	 * @param last the name of our bean
	 */
	void putLast(String last) {
		Set<String> needed = needed(last);
		List<String> created = new ArrayList<>(List.of(this.beans.getSingletonNames()));
		Collections.reverse(created);
		for (String name : created) {
			if (!needed.contains(name)) {
				this.beans.registerDependentBean(last, name);
			}
		}
	}

	private Set<String> needed(String last) {
		Deque<String> left = new ArrayDeque<>(List.of(last));
		NEEDED.forEach((type) -> left.addAll(names(type)));
		ClassLoader classLoader = this.beans.getBeanClassLoader();
		if (ClassUtils.isPresent(DATA_SOURCE, classLoader)) {
			left.addAll(names(ClassUtils.resolveClassName(DATA_SOURCE, classLoader)));
		}
		Set<String> needed = new HashSet<>();
		while (!left.isEmpty()) {
			String name = left.pop();
			if (needed.add(name)) {
				left.addAll(List.of(this.beans.getDependenciesForBean(name)));
			}
		}
		return needed;
	}

	private List<String> names(Class<?> type) {
		return List.of(this.beans.getBeanNamesForType(type, true, false));
	}

}
