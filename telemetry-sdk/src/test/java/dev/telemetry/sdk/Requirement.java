package dev.telemetry.sdk;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What tests need of the machine. Without it they are skipped, unless the build was told
 * to have it: {@code .ci/run} installs everything and says {@code -Dtelemetry.ci=true}.
 * That it is some build server, as {@code CI} says, is no reason to expect anything.
 */
public final class Requirement {

	/** Set by the POM: a system property with our prefix would be a setting. */
	private static final boolean DEMANDED = Boolean.parseBoolean(System.getenv("TEST_TOOLS_DEMANDED"));

	private Requirement() {
	}

	/**
	 * Require something.
	 * @param met whether it is there
	 * @param what what is required, such as "strace is here"
	 */
	public static void that(boolean met, String what) {
		if (DEMANDED) {
			assertThat(met).as(what).isTrue();
		}
		assumeTrue(met, "not so: " + what);
	}

	/**
	 * Require that processes can be watched, and killed at a system call.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void strace() throws InterruptedException {
		that(succeeds("strace", "-f", "-o", "/dev/null", "true"), "strace is here, and allowed");
	}

	/**
	 * Require the command that reads JSON.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void jq() throws InterruptedException {
		that(succeeds("jq", "--version"), "jq is here");
	}

	/**
	 * Require that file systems can be mounted where nobody else sees them.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void mounts() throws InterruptedException {
		that(succeeds("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/tmp"), "file systems can be mounted");
	}

	/**
	 * Require that a process can be started as another user, and with a limit.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void otherUser() throws InterruptedException {
		that(succeeds("prlimit", "--nproc=120:120", "setpriv", "--reuid=54321", "--clear-groups",
				"--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "true"),
				"processes can be started as another user");
	}

	private static boolean succeeds(String... command) throws InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		ChildEnvironment.trueTime(builder);
		try {
			return Patience.exit(command[0], builder.start()) == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
