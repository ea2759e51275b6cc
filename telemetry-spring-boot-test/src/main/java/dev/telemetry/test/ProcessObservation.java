package dev.telemetry.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Observes which threads this process starts, which files it writes and which sockets it
 * uses. The flight recorder of the JDK sees what carries data, and says which code it
 * was; on Linux what is open at the end is looked at as well.
 */
final class ProcessObservation implements AutoCloseable {

	private static final Path OPEN = Path.of("/proc/self/fd");

	/** Numbers of threads, ports and directories differ from run to run. */
	private static final Pattern NUMBER = Pattern.compile("\\d+");

	/** What the JDK opens in order to load classes. */
	private static final Pattern CODE = Pattern.compile(".*(\\.jar|\\.class|\\.so|/modules|\\.jfr)");

	private final Recording recording = new Recording();

	private final Set<String> before;

	private final Set<String> socketsBefore;

	private ProcessObservation() {
		this.recording.enable("jdk.ThreadStart").withStackTrace();
		this.recording.enable("jdk.VirtualThreadStart").withStackTrace();
		for (String event : List.of("jdk.FileWrite", "jdk.SocketWrite", "jdk.SocketRead")) {
			this.recording.enable(event).withStackTrace().withThreshold(Duration.ZERO);
		}
		this.recording.start();
		List<String> open = open();
		this.before = Set.copyOf(files(open));
		this.socketsBefore = sockets(open);
	}

	/**
	 * Start to observe.
	 * @return the observation, to be closed
	 */
	static ProcessObservation start() {
		return new ProcessObservation();
	}

	/**
	 * Return what was done so far.
	 * @param more what else was found
	 * @return the traces
	 * @throws IOException if they cannot be read
	 */
	ProcessTraces stop(List<String> more) throws IOException {
		List<String> open = open();
		TreeMap<String, String> traces = new TreeMap<>();
		for (String file : files(open)) {
			if (!this.before.contains(file)) {
				traces.put(key(file), file);
			}
		}
		more.forEach((trace) -> traces.put(key(trace), trace));
		recorded().forEach((event) -> {
			String trace = trace(event);
			if (trace != null) {
				traces.put(key(trace), trace);
			}
		});
		// One that was open before may have been closed meanwhile: it makes up for none
		long opened = sockets(open).stream().filter((socket) -> !this.socketsBefore.contains(socket)).count();
		return new ProcessTraces(traces, opened);
	}

	private static String key(String trace) {
		return NUMBER.matcher(trace).replaceAll("#");
	}

	private List<RecordedEvent> recorded() throws IOException {
		Path file = Files.createTempFile("telemetry-privacy", ".jfr");
		try {
			this.recording.stop();
			this.recording.dump(file);
			return RecordingFile.readAllEvents(file);
		}
		finally {
			Files.delete(file);
		}
	}

	private static @Nullable String trace(RecordedEvent event) {
		String by = by(event.getStackTrace());
		return switch (event.getEventType().getName()) {
			case "jdk.ThreadStart" -> thread(event.getThread("thread"), by);
			case "jdk.VirtualThreadStart" -> "virtual thread" + by;
			case "jdk.FileWrite" ->
				(event.getString("path") != null) ? "file " + event.getString("path") + " written" + by : null;
			case "jdk.SocketWrite" -> "socket to " + event.getString("address") + ":" + event.getInt("port") + by;
			case "jdk.SocketRead" -> "socket from " + event.getString("address") + ":" + event.getInt("port") + by;
			default -> null;
		};
	}

	/** Those of the virtual machine have no name in Java. */
	private static @Nullable String thread(@Nullable RecordedThread thread, String by) {
		String name = (thread != null) ? thread.getJavaName() : null;
		return (name == null || name.startsWith("JFR ")) ? null : "thread '" + name + "' started" + by;
	}

	/** Name the first code that is not of the JDK. */
	private static String by(@Nullable RecordedStackTrace stack) {
		if (stack == null) {
			return "";
		}
		return stack.getFrames()
			.stream()
			.filter(RecordedFrame::isJavaFrame)
			.map(RecordedFrame::getMethod)
			.filter((method) -> !isOfJdk(method.getType().getName()))
			.findFirst()
			.map((method) -> " by " + name(method))
			.orElse("");
	}

	private static String name(RecordedMethod method) {
		String type = method.getType().getName();
		int lambda = type.indexOf("$$Lambda");
		return ((lambda > 0) ? type.substring(0, lambda) : type) + "." + method.getName();
	}

	private static boolean isOfJdk(String type) {
		return Stream.of("java.", "javax.", "jdk.", "sun.", "com.sun.").anyMatch(type::startsWith);
	}

	/** Return what is open, and what is in the working directory. */
	private static List<String> open() {
		List<String> open = new ArrayList<>();
		for (Path descriptor : list(OPEN)) {
			try {
				open.add(Files.readSymbolicLink(descriptor).toString());
			}
			catch (IOException | UnsupportedOperationException ex) {
				// Closed meanwhile, as that of this very list
			}
		}
		list(Path.of("")).forEach((file) -> open.add(file.toAbsolutePath().toString()));
		return open;
	}

	private static List<Path> list(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(Objects::nonNull).toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/** Return a name for each, which no later socket gets. */
	private static Set<String> sockets(List<String> open) {
		return open.stream().filter((target) -> target.startsWith("socket:")).collect(Collectors.toSet());
	}

	private static Set<String> files(List<String> open) {
		Set<String> files = new TreeSet<>();
		for (String target : open) {
			boolean device = Stream.of("/dev/", "/proc/", "/sys/").anyMatch(target::startsWith);
			if (target.startsWith("/") && !device && !CODE.matcher(target).matches()) {
				files.add("file " + target);
			}
		}
		return files;
	}

	@Override
	public void close() {
		this.recording.close();
	}

}
