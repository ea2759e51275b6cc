package dev.telemetry.aspect;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.core.Ordered;

/**
 * Records calls of methods that bear {@code @TelemetryEvent}. The result or exception of
 * a call reaches its caller unchanged; while nothing is collected a call is only passed
 * on, and its arguments are not looked at. A result that ends after the method returned
 * is measured to its end, see {@code docs/decisions/0022-results-that-end-later.md}.
 * <p>
 * Works with any auto-proxy creator and needs no AspectJ. A call that passes several
 * proxies, as where an application has two auto-proxy creators, is recorded once, by the
 * outermost. Where it stands among others:
 * <ul>
 * <li>{@code @Transactional} and {@code @Cacheable} lie inside, by their own default
 * order: a failed commit is a failure, a hit in the cache is a call.</li>
 * <li>Method security lies inside: a call that is refused is recorded as a failure.</li>
 * <li>{@code @Async} and {@code @Retryable} are put outside of every other advisor by
 * Spring, whatever the order: the work on the other thread is recorded, and each attempt
 * is an event of its own.</li>
 * </ul>
 */
public final class TelemetryEventAdvisor implements PointcutAdvisor, Ordered {

	/** Outside of everything but what asks to be outermost. */
	public static final int DEFAULT_ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

	private final Pointcut pointcut;

	private final Advice advice;

	private final int order;

	/**
	 * Create an advisor.
	 * @param scanner tells which methods are recorded, and as what
	 * @param context gives the context on the first call of a recorded method; not asked
	 * before, asked again on the next call after it failed or gave {@code null}
	 * @param nanoTime a clock, for example {@link System#nanoTime}
	 * @param order where to stand among other advisors, lowest first
	 */
	public TelemetryEventAdvisor(TelemetryEventScanner scanner, Supplier<? extends @Nullable TelemetryContext> context,
			LongSupplier nanoTime, int order) {
		RecordingFailures failures = new RecordingFailures(nanoTime);
		this.pointcut = new TelemetryEventPointcut(scanner);
		this.advice = new TelemetryEventInterceptor(scanner, new LazyContext(context, failures), failures);
		this.order = order;
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

}
