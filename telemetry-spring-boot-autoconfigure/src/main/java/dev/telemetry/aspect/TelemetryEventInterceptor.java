package dev.telemetry.aspect;

import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Records one call. Whether it is recorded is decided when it begins: a call during which
 * consent is given is not.
 */
final class TelemetryEventInterceptor implements MethodInterceptor {

	private final TelemetryEventScanner scanner;

	private final LazyContext context;

	private final RecordingFailures failures;

	TelemetryEventInterceptor(TelemetryEventScanner scanner, LazyContext context, RecordingFailures failures) {
		this.scanner = scanner;
		this.context = context;
		this.failures = failures;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		TelemetryContext collecting = this.context.getIfCollecting();
		if (collecting == null) {
			return invocation.proceed();
		}
		RecordedCall call = recordedCall(invocation, collecting);
		if (call == null) {
			return invocation.proceed();
		}
		Recording recording = call.begin();
		Object result;
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			recording.failed(ex);
			throw ex;
		}
		return call.method().handlerOf(result).returned(result, call, recording);
	}

	private @Nullable RecordedCall recordedCall(MethodInvocation invocation, TelemetryContext collecting) {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass();
		RecordedMethod method = this.scanner.scan(type).find(invocation.getMethod());
		return (method != null) ? new RecordedCall(collecting, method, invocation.getArguments(), this.failures) : null;
	}

}
