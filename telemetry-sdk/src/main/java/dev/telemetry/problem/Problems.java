package dev.telemetry.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The problems found so far. Each is logged as one warning when it is first reported and
 * shown in status until it is gone. Safe for use by several threads.
 */
public final class Problems {

	/** A bound, so that a problem whose text keeps changing cannot fill the memory. */
	private static final int MAX_PROBLEMS = 100;

	private static final Log logger = LogFactory.getLog(Problems.class);

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final Map<String, Problem> problems = new LinkedHashMap<>();

	@GuardedBy("lock")
	private final Set<Problem> deferred = new LinkedHashSet<>();

	@GuardedBy("lock")
	private boolean granted;

	/**
	 * Report a problem. A problem reported before with the same text is not logged again.
	 * @param problem the problem to add
	 */
	public void report(Problem problem) {
		boolean added;
		synchronized (this.lock) {
			added = put(problem);
		}
		if (added) {
			log(problem);
		}
	}

	/** Return whether it is new, with this text. */
	@GuardedBy("lock")
	private boolean put(Problem problem) {
		if (this.problems.size() >= MAX_PROBLEMS && !this.problems.containsKey(key(problem))) {
			return false;
		}
		return !problem.equals(this.problems.put(key(problem), problem));
	}

	private static void log(Problem problem) {
		logger.warn("Telemetry: " + problem);
	}

	/**
	 * Show a problem in status in place of what was said before about its property,
	 * without logging it.
	 * @param problem the problem to show
	 */
	public void show(Problem problem) {
		synchronized (this.lock) {
			if (!this.problems.containsValue(problem)) {
				resolved(problem.property());
				put(problem);
			}
		}
	}

	/**
	 * Show a problem in status and log it as soon as consent has been granted: at once,
	 * or with {@link #logDeferred()}.
	 * @param problem the problem to show
	 */
	public void defer(Problem problem) {
		synchronized (this.lock) {
			if (!this.granted) {
				if (put(problem)) {
					this.deferred.add(problem);
				}
				return;
			}
		}
		report(problem);
	}

	/**
	 * Log what was deferred and is still there. Called when consent has been granted.
	 */
	public void logDeferred() {
		List<Problem> due = new ArrayList<>();
		synchronized (this.lock) {
			this.granted = true;
			for (Problem problem : this.deferred) {
				if (this.problems.containsValue(problem)) {
					due.add(problem);
				}
			}
			this.deferred.clear();
		}
		due.forEach(Problems::log);
	}

	/**
	 * Forget what was reported about a property or file, because it has been fixed.
	 * @param property the property or file
	 */
	public void resolved(String property) {
		synchronized (this.lock) {
			this.problems.values().removeIf((problem) -> problem.property().equals(property));
		}
	}

	/**
	 * Forget what was reported about a property or file in one place.
	 * @param property the property or file
	 * @param origin where it was set or found
	 */
	public void resolved(String property, String origin) {
		synchronized (this.lock) {
			this.problems.values()
				.removeIf((problem) -> problem.property().equals(property) && origin.equals(problem.origin()));
		}
	}

	/**
	 * Return the problems that are open.
	 * @return an unmodifiable copy, in the order of their first report
	 */
	public List<Problem> list() {
		synchronized (this.lock) {
			return List.copyOf(new ArrayList<>(this.problems.values()));
		}
	}

	private static String key(Problem problem) {
		@Nullable String origin = problem.origin();
		return problem.property() + "\n" + origin + "\n" + problem.problem();
	}

}
