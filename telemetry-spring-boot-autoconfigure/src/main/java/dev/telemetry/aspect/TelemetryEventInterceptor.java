package dev.telemetry.aspect;

import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * Records one call. Whether it is recorded is decided when it begins: a call during which
 * consent is given is not.
 */
final class TelemetryEventInterceptor implements MethodInterceptor {

	private final TelemetryEventScanner scanner;

	private final LazyContext context;

	private final RecordingFailures failures;

	private final CallsUnderWay underWay;

	TelemetryEventInterceptor(TelemetryEventScanner scanner, LazyContext context, RecordingFailures failures) {
		this.scanner = scanner;
		this.context = context;
		this.failures = failures;
		this.underWay = scanner.callsUnderWay();
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		TelemetryContext collecting = this.context.getIfCollecting();
		if (collecting == null) {
			return invocation.proceed();
		}
		RecordedMethod method = recordedMethod(invocation);
		if (method == null || this.underWay.isContinuedBy(invocation, method)) {
			return invocation.proceed();
		}
		RecordedCall call = new RecordedCall(collecting, method, invocation.getArguments(), this.failures);
		Recording recording = call.begin();
		CallsUnderWay.Entered entered = this.underWay.enter(invocation, method);
		Object result;
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			recording.failed(ex);
			throw ex;
		}
		finally {
			entered.leave();
		}
		if (entered.goesOnElsewhere()) {
			recording.abandon();
			return result;
		}
		return method.handlers().of(result).returned(result, call, recording);
	}

	/**
	 * Declared by the class behind the last proxy, or where that knows nothing of the
	 * method, as that of a repository, by the target itself.
	 */
	private @Nullable RecordedMethod recordedMethod(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass();
		if (target instanceof SpringProxy) {
			RecordedMethod method = this.scanner.scan(AopProxyUtils.ultimateTargetClass(target))
				.find(invocation.getMethod());
			if (method != null) {
				return method;
			}
		}
		return this.scanner.scan(type).find(invocation.getMethod());
	}

}
