package dev.telemetry.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process asked the operating system for, as {@code strace} noted it, without what
 * differs from run to run: numbers become {@code #}, and everything in the class path
 * becomes {@code (class path)}.
 *
 * @param written files created, written, renamed, erased or changed in their attributes
 * @param read files opened for reading, or merely looked for
 * @param locked files that were locked
 * @param sockets each kind of use of a socket, and how often
 * @param threads each name a thread gave itself, and how many did
 */
record SystemCalls(Set<String> written, Set<String> read, Set<String> locked, Map<String, Integer> sockets,
		Map<String, Integer> threads) {

	/** What has to be traced for this class to see everything it speaks of. */
	static final String TRACED = "%file,%network,flock,fcntl,ftruncate,fallocate,fchmod,fchown,memfd_create,prctl";

	private static final Pattern CALL = Pattern.compile("^\\d+ +(\\w+)\\((.*)$");

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

	private static final Pattern OPEN_FILE = Pattern.compile("^\\d+<([^>]*)>");

	private static final Pattern FOR_WRITING = Pattern.compile("O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)");

	private static final Set<String> LOOKS = Set.of("access", "faccessat", "faccessat2", "stat", "lstat", "newfstatat",
			"statx", "statfs", "readlink", "readlinkat", "getcwd", "chdir");

	private static final Set<String> SOCKETS = Set.of("socket", "socketpair", "connect", "bind", "listen");

	/** The C library looks there when the memory of any thread shrinks, or not. */
	private static final String MALLOC = "/proc/sys/vm/overcommit_memory";

	static SystemCalls read(Path trace, String classPath) throws IOException {
		List<String> roots = Stream.of(classPath.split(File.pathSeparator))
			.filter((root) -> !root.isEmpty())
			.sorted(Comparator.comparing(String::length).reversed())
			.toList();
		SystemCalls calls = new SystemCalls(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>(),
				new TreeMap<>());
		try (Stream<String> lines = Files.lines(trace)) {
			lines.map(CALL::matcher).filter(Matcher::find).forEach((call) -> calls.add(call, roots));
		}
		return calls;
	}

	/** What was seen here or there, and of what is counted the greater number. */
	SystemCalls or(SystemCalls other) {
		return new SystemCalls(union(this.written, other.written), union(this.read, other.read),
				union(this.locked, other.locked), most(this.sockets, other.sockets), most(this.threads, other.threads));
	}

	private static Set<String> union(Set<String> one, Set<String> other) {
		Set<String> both = new TreeSet<>(one);
		both.addAll(other);
		return both;
	}

	private static Map<String, Integer> most(Map<String, Integer> one, Map<String, Integer> other) {
		Map<String, Integer> both = new TreeMap<>(one);
		other.forEach((name, count) -> both.merge(name, count, Math::max));
		return both;
	}

	private void add(Matcher call, List<String> roots) {
		String name = call.group(1);
		String arguments = call.group(2);
		if (name.equals("prctl")) {
			countThread(arguments);
		}
		else if (SOCKETS.contains(name)) {
			this.sockets.merge(name + " " + family(arguments), 1, Integer::sum);
		}
		else if (name.equals("flock") || (name.equals("fcntl") && arguments.contains("SETLK"))) {
			addAll(this.locked, OPEN_FILE.matcher(arguments), roots);
		}
		else if (name.equals("open") || name.equals("openat")) {
			addAll(FOR_WRITING.matcher(arguments).find() ? this.written : this.read, QUOTED.matcher(arguments), roots);
		}
		else if (name.equals("execve")) {
			// Only what is run: what it is given holds the class path
			QUOTED.matcher(arguments).results().limit(1).forEach((file) -> this.read.add(file.group(1)));
		}
		else if (LOOKS.contains(name)) {
			addAll(this.read, QUOTED.matcher(arguments), roots);
		}
		else if (!isHarmless(name)) {
			addAll(this.written, QUOTED.matcher(arguments), roots);
			addAll(this.written, OPEN_FILE.matcher(arguments), roots);
		}
	}

	/** Calls on what was opened or connected before, which was seen then. */
	private static boolean isHarmless(String name) {
		return Set
			.of("fcntl", "setsockopt", "getsockopt", "getsockname", "getpeername", "shutdown", "accept", "accept4",
					"sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg")
			.contains(name);
	}

	private void countThread(String arguments) {
		Matcher name = QUOTED.matcher(arguments);
		if (arguments.startsWith("PR_SET_NAME") && name.find()) {
			this.threads.merge(numberless(name.group(1)), 1, Integer::sum);
		}
	}

	private static String family(String arguments) {
		Matcher family = Pattern.compile("AF_\\w+|\\bsun_path=\\S+").matcher(arguments);
		return family.find() ? family.group() : "";
	}

	private static void addAll(Set<String> files, Matcher names, List<String> roots) {
		while (names.find()) {
			if (!names.group(1).equals(MALLOC)) {
				files.add(normalise(names.group(1), roots));
			}
		}
	}

	private static String normalise(String file, List<String> roots) {
		boolean inClassPath = roots.stream()
			.anyMatch((root) -> file.equals(root) || file.startsWith(root + "/") || root.startsWith(file + "/"));
		return inClassPath ? "(class path)" : numberless(file);
	}

	private static String numberless(String text) {
		return text.replaceAll("\\d+", "#");
	}

}
