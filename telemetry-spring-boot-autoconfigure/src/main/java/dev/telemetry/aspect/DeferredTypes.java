package dev.telemetry.aspect;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Types of results that end after the method that returned them: what such a method does
 * itself takes no time and never fails.
 */
final class DeferredTypes {

	private static final List<Class<?>> KNOWN = known(DeferredTypes.class.getClassLoader());

	private DeferredTypes() {
	}

	private static List<Class<?>> known(@Nullable ClassLoader classLoader) {
		return Stream
			.of("java.util.concurrent.Future", "java.util.concurrent.Callable", "java.util.concurrent.Flow$Publisher",
					"java.util.stream.BaseStream", "org.reactivestreams.Publisher",
					"io.reactivex.rxjava3.core.SingleSource", "io.reactivex.rxjava3.core.MaybeSource",
					"io.reactivex.rxjava3.core.CompletableSource", "io.reactivex.rxjava3.core.ObservableSource",
					"io.smallrye.mutiny.Uni", "kotlinx.coroutines.Job", "kotlinx.coroutines.flow.Flow",
					"kotlin.sequences.Sequence", "org.springframework.web.context.request.async.DeferredResult",
					"org.springframework.web.context.request.async.WebAsyncTask",
					"org.springframework.web.servlet.function.AsyncServerResponse",
					"org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
					"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody")
			.filter((name) -> ClassUtils.isPresent(name, classLoader))
			.<Class<?>>map((name) -> ClassUtils.resolveClassName(name, classLoader))
			.toList();
	}

	/**
	 * Return whether all values of a type end later.
	 * @param type the type
	 * @return {@code true} if they do
	 */
	static boolean is(Class<?> type) {
		return KNOWN.stream().anyMatch((known) -> known.isAssignableFrom(type))
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	/**
	 * Return whether some value of a type may end later.
	 * @param type the type
	 * @return {@code true} if one may
	 */
	static boolean mayBe(Class<?> type) {
		return is(type) || KNOWN.stream().anyMatch(type::isAssignableFrom);
	}

}
