package dev.telemetry.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The causes of a failure. Only the first of them are looked at: a chain may be a circle.
 */
@Internal
public final class CauseChain {

	private static final int DEEPEST = 16;

	private CauseChain() {
	}

	/**
	 * Return a failure and its causes.
	 * @param failure what was thrown
	 * @return the failure, its cause, the cause of that, and so on
	 */
	public static List<Throwable> of(Throwable failure) {
		List<Throwable> chain = new ArrayList<>();
		@Nullable Throwable cause = failure;
		while (cause != null && chain.size() < DEEPEST) {
			chain.add(cause);
			cause = cause.getCause();
		}
		return chain;
	}

	/**
	 * Return whether a failure or one of its causes fulfils a condition.
	 * @param failure what was thrown
	 * @param condition the condition
	 * @return {@code true} if one does
	 */
	public static boolean has(Throwable failure, Predicate<Throwable> condition) {
		return of(failure).stream().anyMatch(condition);
	}

}
