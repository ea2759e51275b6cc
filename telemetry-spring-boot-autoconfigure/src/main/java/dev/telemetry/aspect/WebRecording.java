package dev.telemetry.aspect;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Ends a recording with what Spring MVC makes of the current request. The callbacks of a
 * deferred result itself are the application's: there is one of each.
 *
 * @param recording what to end
 * @param awaited the deferred result or task; {@code null} for whatever deferred result
 * the request waits for
 */
record WebRecording(Recording recording,
		@Nullable Object awaited) implements DeferredResultProcessingInterceptor, CallableProcessingInterceptor {

	/** Return whether a request is handled on this thread. */
	static boolean isPossible() {
		return manager() != null;
	}

	void endWithDeferredResult() {
		WebAsyncManager manager = manager();
		if (manager != null) {
			manager.registerDeferredResultInterceptor(this, this);
		}
	}

	void endWithTask() {
		WebAsyncManager manager = manager();
		if (manager != null) {
			manager.registerCallableInterceptor(this, this);
		}
	}

	private static @Nullable WebAsyncManager manager() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& attributes.getRequest()
					.getAttribute(WebAsyncUtils.WEB_ASYNC_MANAGER_ATTRIBUTE) instanceof WebAsyncManager manager)
							? manager : null;
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, DeferredResult<T> result, @Nullable Object value) {
		ended(result, value);
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object value) {
		ended(task, value);
	}

	@Override
	public <T> void afterCompletion(NativeWebRequest request, DeferredResult<T> result) {
		givenUp(result);
	}

	@Override
	public <T> void afterCompletion(NativeWebRequest request, Callable<T> task) {
		givenUp(task);
	}

	private void ended(Object what, @Nullable Object value) {
		if (isAwaited(what)) {
			if (value instanceof Throwable failure) {
				endedWith(this.recording, failure);
			}
			else {
				this.recording.succeeded(value);
			}
		}
	}

	/** The request is over. Does nothing if there was a result. */
	private void givenUp(Object what) {
		if (isAwaited(what)) {
			this.recording.cancelled();
		}
	}

	private boolean isAwaited(Object what) {
		return this.awaited == null || this.awaited == what;
	}

	/**
	 * Record that a call ended with an exception; if that is because the client has gone,
	 * it was given up.
	 */
	static void endedWith(Recording recording, Throwable failure) {
		if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			recording.cancelled();
		}
		else {
			recording.endedWith(failure);
		}
	}

}
