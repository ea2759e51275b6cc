package dev.telemetry.aspect;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/** The handlers for results that end after the method returned. */
final class ReturnHandlers {

	private static final List<ReturnHandler> HANDLERS = available(ReturnHandlers.class.getClassLoader());

	private ReturnHandlers() {
	}

	/**
	 * Return those a method may need.
	 * @param declared the type it declares to return
	 * @return the handlers; none for most methods
	 */
	static List<ReturnHandler> forType(Class<?> declared) {
		return HANDLERS.stream().filter((handler) -> handler.isCandidate(declared)).toList();
	}

	static List<ReturnHandler> available(@Nullable ClassLoader classLoader) {
		List<ReturnHandler> handlers = new ArrayList<>();
		handlers.add(new CompletionStageHandler());
		if (ClassUtils.isPresent("reactor.core.publisher.Flux", classLoader)) {
			handlers.add(new MonoHandler());
			handlers.add(new FluxHandler());
		}
		return List.copyOf(handlers);
	}

}
