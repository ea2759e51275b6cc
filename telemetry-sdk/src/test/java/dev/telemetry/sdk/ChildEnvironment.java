package dev.telemetry.sdk;

/**
 * The environment of processes that tests start. A build may run at another date than
 * today's, by {@code faketime}: then they run at that date too.
 */
public final class ChildEnvironment {

	private static final String PRELOAD = "LD_PRELOAD";

	private ChildEnvironment() {
	}

	/**
	 * Leave nothing that says test or CI, and the date as it is here.
	 * @param builder starts the process
	 */
	public static void clear(ProcessBuilder builder) {
		builder.environment().keySet().removeIf((name) -> !name.equals(PRELOAD) && !name.startsWith("FAKETIME"));
		// On the class path for its connection details; it would look for a Compose file
		builder.environment().put("SPRING_DOCKER_COMPOSE_ENABLED", "false");
	}

	/**
	 * Leave the true time alone: whose system calls are watched must make no others.
	 * @param builder starts the process
	 */
	public static void trueTime(ProcessBuilder builder) {
		builder.environment().remove(PRELOAD);
	}

}
