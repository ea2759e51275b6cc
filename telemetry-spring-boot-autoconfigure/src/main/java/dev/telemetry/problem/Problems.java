package dev.telemetry.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The problems found so far. Each is logged as one warning when it is first reported and
 * shown in status until it is gone. Safe for use by several threads.
 */
public final class Problems {

	/**
	 * A bound, so that a problem that keeps changing its words cannot fill the memory.
	 */
	private static final int MAX_PROBLEMS = 100;

	private static final Log logger = LogFactory.getLog(Problems.class);

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final Map<String, Problem> problems = new LinkedHashMap<>();

	/**
	 * Report a problem. A problem reported before with the same words is not logged
	 * again.
	 * @param problem the problem to add
	 */
	public void report(Problem problem) {
		Problem previous;
		synchronized (this.lock) {
			if (this.problems.size() >= MAX_PROBLEMS && !this.problems.containsKey(key(problem))) {
				return;
			}
			previous = this.problems.put(key(problem), problem);
		}
		if (!problem.equals(previous)) {
			logger.warn("Telemetry: " + problem);
		}
	}

	/**
	 * Forget what was reported about a property or file, because it has been mended.
	 * @param property the property or file
	 */
	public void resolved(String property) {
		synchronized (this.lock) {
			this.problems.values().removeIf((problem) -> problem.property().equals(property));
		}
	}

	/**
	 * Return the problems that stand.
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
