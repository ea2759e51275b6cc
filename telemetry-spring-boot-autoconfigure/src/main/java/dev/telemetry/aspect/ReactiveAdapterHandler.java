package dev.telemetry.aspect;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Each subscription to a reactive type that Spring has an adapter for is a call of its
 * own and ends with it. A subtype that the method declares cannot be replaced, so it
 * cannot be measured.
 */
final class ReactiveAdapterHandler implements ReturnHandler {

	/** Types that have handlers which need no detour over a publisher. */
	private static final Set<String> HANDLED = Set.of("java.util.concurrent.CompletionStage",
			"kotlinx.coroutines.Deferred", "kotlinx.coroutines.flow.Flow", "reactor.core.publisher.Mono",
			"reactor.core.publisher.Flux", "io.reactivex.rxjava3.core.Flowable", "io.reactivex.rxjava3.core.Observable",
			"io.reactivex.rxjava3.core.Single", "io.reactivex.rxjava3.core.Maybe",
			"io.reactivex.rxjava3.core.Completable");

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		ReactiveAdapter adapter = adapter(type);
		return type == Object.class || (adapter != null && type.isAssignableFrom(adapter.getReactiveType()));
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		ReactiveAdapter adapter = adapter(declared.toClass());
		return (adapter != null && isSingle(adapter)) ? declared.as(adapter.getReactiveType()).getGeneric() : null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		ReactiveAdapter adapter = (result != null) ? adapter(result.getClass()) : null;
		return adapter != null && declared.isAssignableFrom(adapter.getReactiveType());
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		ReactiveAdapter adapter = (result != null) ? adapter(result.getClass()) : null;
		return (adapter != null)
				? adapter.fromPublisher(new RecordedPublisher<>(adapter.toPublisher(result), call, isSingle(adapter)))
				: result;
	}

	private static boolean isSingle(ReactiveAdapter adapter) {
		return !adapter.isMultiValue() && !adapter.isNoValue();
	}

	private static @Nullable ReactiveAdapter adapter(Class<?> type) {
		ReactiveAdapter adapter = nearest(type);
		return (adapter != null && !HANDLED.contains(adapter.getReactiveType().getName())) ? adapter : null;
	}

	/** The registry gives the first that fits: for a Multi, that of a Flow.Publisher. */
	private static @Nullable ReactiveAdapter nearest(Class<?> type) {
		ReactiveAdapterRegistry registry = ReactiveAdapterRegistry.getSharedInstance();
		for (Class<?> implemented : ClassUtils.getAllInterfacesForClass(type)) {
			ReactiveAdapter adapter = registry.getAdapter(implemented);
			if (adapter != null && adapter.getReactiveType() == implemented) {
				return adapter;
			}
		}
		return registry.getAdapter(type);
	}

}
