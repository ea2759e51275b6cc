package dev.telemetry.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.telemetry.bare.BareApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What the operating system sees of the starter before a yes: the same application is run
 * with it and without it, and what it asked for is compared.
 */
@Tag("T-16")
class SystemCallTests {

	private static final int RUNS = 3;

	@TempDir
	private Path directory;

	@BeforeEach
	void eyes() throws Exception {
		boolean possible = TracedProcess.isPossible();
		// Asked for by .ci/run only, which installs it
		if (Boolean.parseBoolean(System.getenv("TEST_TOOLS_DEMANDED"))) {
			assertThat(possible).as("strace is here, and allowed").isTrue();
		}
		assumeTrue(possible, "strace is not here, or not allowed");
	}

	@Test
	void undecidedAsksTheSystemForNothingMoreThanWithoutTheStarter() throws Exception {
		Path home = this.directory.resolve("home");
		SystemCalls without = runs(withoutStarter(), home);
		SystemCalls with = runs(withStarter(), home);
		assertThat(more(with.written(), without.written())).isEmpty();
		assertThat(more(with.locked(), without.locked())).isEmpty();
		assertThat(more(with.sockets(), without.sockets())).isEmpty();
		assertThat(more(with.threads(), without.threads())).isEmpty();
		assertThat(more(with.read(), without.read())).isSubsetOf(ofHome(home));
		assertThat(home).doesNotExist();
	}

	@Test
	void grantedTheSameEyesSeeFilesLocksSocketsAndThreads() throws Exception {
		Path home = this.directory.resolve("home");
		try (Receiver receiver = Receiver.answering()) {
			SystemCalls seen = TracedProcess.run(this.directory, withStarter(), GrantedApplication.class.getName(),
					"--server.port=0", "--telemetry.home=" + home, "--telemetry.endpoint=" + receiver.endpoint());
			SystemCalls without = TracedProcess.run(this.directory, withoutStarter(), arguments(home));
			assertThat(more(seen.written(), without.written())).contains(in(home, "consent-receipts.jsonl"),
					in(home, "telemetry.log"), in(home, "ids.jsonl"));
			assertThat(more(seen.locked(), without.locked())).contains(in(home, "consent.json.lock"));
			assertThat(more(seen.sockets(), without.sockets())).anyMatch((use) -> use.startsWith("connect "));
			assertThat(more(seen.threads(), without.threads())).anyMatch((name) -> name.startsWith("telemetry-"));
			assertThat(more(seen.read(), without.read())).contains("/proc/self/status", "/proc/sys/kernel/hostname");
		}
	}

	/** Everything seen in any of several runs. */
	private SystemCalls runs(String classPath, Path home) throws Exception {
		SystemCalls all = TracedProcess.run(this.directory, classPath, arguments(home));
		for (int i = 1; i < RUNS; i++) {
			all = all.or(TracedProcess.run(this.directory, classPath, arguments(home)));
		}
		return all;
	}

	private static String[] arguments(Path home) {
		return new String[] { BareApplication.class.getName(), "--server.port=0", "--telemetry.home=" + home };
	}

	/** An empty entry would be the current directory. */
	private static String withStarter() {
		return classPath((entry) -> true);
	}

	private static String withoutStarter() {
		String others = classPath((entry) -> !entry.contains(File.separator + "telemetry-"));
		assertThat(others).isNotEqualTo(withStarter());
		return others;
	}

	private static String classPath(Predicate<String> entries) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.isEmpty())
			.filter(entries)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Set<String> more(Set<String> with, Set<String> without) {
		Set<String> more = new TreeSet<>(with);
		more.removeAll(without);
		return more;
	}

	private static Set<String> more(Map<String, Integer> with, Map<String, Integer> without) {
		return with.keySet()
			.stream()
			.filter((name) -> with.get(name) > without.getOrDefault(name, 0))
			.collect(Collectors.toSet());
	}

	private static Set<String> ofHome(Path home) {
		return Stream.of("", "consent.json", "telemetry.yaml", "telemetry.yml", "telemetry.opt-in")
			.map((name) -> in(home, name))
			.collect(Collectors.toSet());
	}

	private static String in(Path home, String name) {
		return home.resolve(name).toString().replaceAll("\\d+", "#");
	}

}
