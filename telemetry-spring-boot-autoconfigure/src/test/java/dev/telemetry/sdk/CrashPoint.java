package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The moment at which a thread makes a system call that changes something on the disk for
 * the n-th time. The process that does is killed there by {@code strace}, which needs no
 * seam in the code and leaves no time for anything. (Its {@code --seccomp-bpf} would be
 * faster, but does not kill.)
 *
 * @param command what is being done
 * @param call the name of the system call
 * @param time which of the thread's calls of that name
 */
record CrashPoint(CrashedCommand command, String call, int time) {

	private static final String CHANGES = "write,?pwrite64,fsync,fdatasync,ftruncate,?rename,?renameat,?renameat2,"
			+ "?unlink,unlinkat,?mkdir,mkdirat,?chmod,fchmod,fchmodat";

	/**
	 * Give a command, and find where it can be interrupted. What it logs, on the standard
	 * error, is no change.
	 * @param command the command
	 * @param program what gives it
	 * @param home the home
	 * @return every change that each thread made
	 */
	static List<CrashPoint> of(CrashedCommand command, CrashedProgram program, Path home)
			throws IOException, InterruptedException {
		Path trace = home.resolveSibling("trace.txt");
		Ending ending = strace(program.line(command, home), "-o", trace.toString(), "-e", "trace=" + CHANGES);
		if (!ending.answered()) {
			throw new IllegalStateException(ending.output());
		}
		Map<String, Integer> made = new HashMap<>();
		Set<CrashPoint> points = new LinkedHashSet<>();
		for (String line : Files.readAllLines(trace)) {
			Matcher call = Pattern.compile("^(\\d+) +(\\w+)\\(").matcher(line);
			if (call.find()) {
				CrashPoint point = new CrashPoint(command, call.group(2), made.merge(call.group(), 1, Integer::sum));
				if (!line.startsWith("write(2,", call.start(2))) {
					points.add(point);
				}
			}
		}
		return List.copyOf(points);
	}

	/**
	 * Give the command, until it is killed or ends.
	 * @param program what gives it
	 * @param home the home
	 * @return what was seen of it
	 */
	Ending reach(CrashedProgram program, Path home) throws IOException, InterruptedException {
		return strace(program.line(this.command, home), "-o", "/dev/null", "-e", "trace=" + this.call, "-e",
				"inject=" + this.call + ":signal=KILL:when=" + this.time);
	}

	private static Ending strace(List<String> program, String... options) throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of("strace", "-f", "-qq"));
		line.addAll(List.of(options));
		line.addAll(program);
		ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
		ChildEnvironment.trueTime(builder);
		ProcessOutput output = new ProcessOutput("a process that is killed", builder.start());
		String printed = String.join("\n", output.rest());
		return new Ending(output.exit(), printed);
	}

	/**
	 * How the process ended.
	 *
	 * @param exitCode 0 when it came to its end
	 * @param output what it printed
	 */
	record Ending(int exitCode, String output) {

		boolean killed() {
			return this.exitCode != 0;
		}

		boolean answered() {
			return this.output.contains(CrashedCommand.DONE);
		}

	}

}
