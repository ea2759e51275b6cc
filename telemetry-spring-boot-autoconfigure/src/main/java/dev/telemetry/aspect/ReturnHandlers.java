package dev.telemetry.aspect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The handlers one method may need, for results that end after it returned.
 */
final class ReturnHandlers {

	private static final List<ReturnHandler> AVAILABLE = available(ReturnHandlers.class.getClassLoader());

	/** For what is declared as nothing in particular. */
	static final ReturnHandlers ANYTHING = forType(ResolvableType.forClass(Object.class));

	private final Class<?> declared;

	private final List<ReturnHandler> candidates;

	/** Whether a result may end later although no candidate handles it. */
	private final boolean doubtful;

	private ReturnHandlers(Class<?> declared, List<ReturnHandler> candidates) {
		this.declared = declared;
		this.candidates = candidates;
		this.doubtful = DeferredTypes.mayBe(declared);
	}

	/**
	 * Find those a method may need.
	 * @param declared the type it declares to return
	 * @return the handlers; none for most methods
	 * @throws InvalidDeclarationException if results end later, and nothing tells when
	 */
	static ReturnHandlers forType(ResolvableType declared) {
		Class<?> type = declared.toClass();
		List<ReturnHandler> candidates = AVAILABLE.stream().filter((handler) -> handler.isCandidate(declared)).toList();
		if (candidates.isEmpty() && DeferredTypes.is(type)) {
			throw new InvalidDeclarationException(
					"calls are not recorded because the result, a " + type.getName()
							+ ", ends after the method has returned and cannot be measured",
					"return a type whose end can be measured, such as CompletableFuture or Flux,"
							+ " or record the event with TelemetryContext.start");
		}
		return new ReturnHandlers(type, candidates);
	}

	/** Return whether no result ends after the method returned. */
	boolean isEmpty() {
		return this.candidates.isEmpty() && !this.doubtful;
	}

	/**
	 * Return what is to be said of the declared type.
	 * @return the problem, or {@code null}
	 */
	@Nullable InvalidDeclarationException doubt() {
		return (this.declared == Future.class) ? new InvalidDeclarationException(
				"calls are recorded only where the result is a CompletionStage: a " + this.declared.getName()
						+ " does not tell when it ends",
				"declare CompletableFuture or CompletionStage") : null;
	}

	/**
	 * Return the type of what a result resolves to.
	 * @param type the declared type
	 * @return the type, {@code Object} if only the result can tell, or {@code null} if it
	 * resolves to no single value
	 */
	@Nullable ResolvableType resolvedType(ResolvableType type) {
		return switch (this.candidates.size()) {
			case 0 -> type;
			case 1 -> this.candidates.get(0).resolvedType(type);
			default -> ResolvableType.forClass(Object.class);
		};
	}

	/**
	 * Return the handler of a result.
	 * @param result what the method returned
	 * @return the handler
	 */
	ReturnHandler of(@Nullable Object result) {
		for (ReturnHandler handler : this.candidates) {
			if (handler.handles(result, this.declared)) {
				return handler;
			}
		}
		return (this.doubtful && result != null && DeferredTypes.is(result.getClass())) ? UnmeasuredHandler.INSTANCE
				: PlainHandler.INSTANCE;
	}

	/*
	 * The order counts where a result is of two kinds. Lambda expressions, not references
	 * to constructors: those would load the class before its library is looked for.
	 */
	static List<ReturnHandler> available(@Nullable ClassLoader classLoader) {
		List<ReturnHandler> handlers = new ArrayList<>();
		handlers.add(new CompletionStageHandler());
		handlers.add(new ListenableFutureHandler());
		Adder adder = (handler, required) -> {
			for (String type : required) {
				if (!ClassUtils.isPresent(type, classLoader)) {
					return;
				}
			}
			handlers.add(handler.get());
		};
		String kotlin = "kotlin.coroutines.Continuation";
		adder.add(() -> new KotlinJobHandler(), kotlin, "kotlinx.coroutines.Job");
		adder.add(() -> new KotlinFlowHandler(), kotlin, "kotlinx.coroutines.flow.Flow");
		adder.add(() -> new MonoHandler(), "reactor.core.publisher.Mono");
		adder.add(() -> new FluxHandler(), "reactor.core.publisher.Flux");
		adder.add(() -> new RxJavaHandler(), "io.reactivex.rxjava3.core.Flowable");
		adder.add(() -> new ReactiveAdapterHandler(), "org.reactivestreams.Publisher");
		handlers.add(new CallableHandler());
		String servlet = "jakarta.servlet.ServletRequest";
		adder.add(() -> new DeferredResultHandler(), servlet,
				"org.springframework.web.context.request.async.DeferredResult");
		adder.add(() -> new WebAsyncTaskHandler(), servlet,
				"org.springframework.web.context.request.async.WebAsyncTask");
		String mvc = "org.springframework.web.servlet.mvc.method.annotation.";
		adder.add(() -> new StreamingBodyHandler(), servlet, mvc + "StreamingResponseBody");
		adder.add(() -> new BodyEmitterHandler(), servlet, mvc + "ResponseBodyEmitter");
		adder.add(() -> new HttpEntityHandler(), "org.springframework.http.ResponseEntity");
		return List.copyOf(handlers);
	}

	/** Adds a handler if everything it needs is there. */
	@FunctionalInterface
	private interface Adder {

		void add(Supplier<ReturnHandler> handler, String... required);

	}

}
