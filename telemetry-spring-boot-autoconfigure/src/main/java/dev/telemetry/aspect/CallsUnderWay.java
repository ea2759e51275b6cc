package dev.telemetry.aspect;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.interceptor.AsyncExecutionAspectSupport;

/**
 * Tells whether a call that an interceptor sees is one that an interceptor further out
 * records: an application with two auto-proxy creators has proxies of proxies, and each
 * has the advisor. The outermost records, so that a call which something between the
 * proxies refuses is a failure, and nothing that belongs to the call is left out of it.
 */
/*
 * Each thread has one entry, the recorded call it entered last and has not left. A call
 * continues that one if it is the same invocation, or if it comes through a proxy that
 * lies behind the one it passed last. Whatever the target calls, itself included, is a
 * call of its own: all proxies in front of it have been passed by then.
 *
 * A call that goes on on another thread is not recognised there. @Async stands in front
 * of the advisor in the proxy that was there first, so that the work is recorded where it
 * runs: the outer proxy then leaves it to that one (see goesOnElsewhere).
 *
 * The entry is an array of the JDK's type that is empty between calls, so that a thread
 * of a pool keeps no class of ours alive after the application is gone.
 */
final class CallsUnderWay {

	private final ThreadLocal<@Nullable Object[]> entry = ThreadLocal.withInitial(() -> new Object[1]);

	/**
	 * Return whether a call is already being recorded.
	 * @param invocation the call
	 * @param method what would be recorded of it
	 * @return {@code true} if it must not be recorded again
	 */
	boolean isContinuedBy(MethodInvocation invocation, RecordedMethod method) {
		return this.entry.get()[0] instanceof Entered entered && entered.isContinuedBy(invocation, method);
	}

	/**
	 * Enter a call that is being recorded.
	 * @param invocation the call
	 * @param method what is recorded of it
	 * @return the call, to be left on this thread when it returns
	 */
	Entered enter(MethodInvocation invocation, RecordedMethod method) {
		@Nullable Object[] entry = this.entry.get();
		Entered entered = new Entered(invocation, method, entry, entry[0]);
		entry[0] = entered;
		return entered;
	}

	/** A recorded call that was entered. */
	static final class Entered {

		private final MethodInvocation invocation;

		private final RecordedMethod method;

		private final @Nullable Object[] entry;

		private final @Nullable Object outer;

		/** Where the call was handed on to last: another proxy or the target itself. */
		private @Nullable Object front;

		private Entered(MethodInvocation invocation, RecordedMethod method, @Nullable Object[] entry,
				@Nullable Object outer) {
			this.invocation = invocation;
			this.method = method;
			this.entry = entry;
			this.outer = outer;
			this.front = invocation.getThis();
		}

		void leave() {
			this.entry[0] = this.outer;
		}

		/**
		 * Return whether a call that has returned was only handed to another thread,
		 * where a proxy behind records it.
		 */
		boolean goesOnElsewhere() {
			Object behind = this.front;
			if (behind != this.invocation.getThis() || !(behind instanceof SpringProxy)) {
				return false;
			}
			Class<?> type = AopProxyUtils.ultimateTargetClass(behind);
			boolean handedOver = false;
			while (behind instanceof Advised advised) {
				for (Advisor advisor : advised.getAdvisors()) {
					if (advisor.getAdvice() instanceof TelemetryEventInterceptor) {
						return handedOver;
					}
					handedOver |= handsOver(advisor, type);
				}
				behind = staticTarget(advised.getTargetSource());
			}
			return false;
		}

		private boolean handsOver(Advisor advisor, Class<?> type) {
			return advisor.getAdvice() instanceof AsyncExecutionAspectSupport
					&& advisor instanceof PointcutAdvisor pointcut
					&& pointcut.getPointcut().getClassFilter().matches(type)
					&& pointcut.getPointcut().getMethodMatcher().matches(this.invocation.getMethod(), type);
		}

		/** Compares by identity: methods of two beans may be recorded alike. */
		@SuppressWarnings("ReferenceEquality")
		private boolean isContinuedBy(MethodInvocation next, RecordedMethod method) {
			if (next == this.invocation) {
				return true;
			}
			boolean continued = method == this.method && next instanceof ProxyMethodInvocation proxied
					&& isBehind(this.front, proxied.getProxy());
			if (continued) {
				this.front = next.getThis();
			}
			return continued;
		}

		private static boolean isBehind(@Nullable Object target, Object proxy) {
			Object behind = target;
			while (behind instanceof SpringProxy && behind != proxy) {
				behind = (behind instanceof Advised advised) ? staticTarget(advised.getTargetSource()) : null;
			}
			return behind == proxy;
		}

		private static @Nullable Object staticTarget(TargetSource source) {
			try {
				return source.isStatic() ? source.getTarget() : null;
			}
			catch (Exception ex) {
				return null;
			}
		}

	}

}
