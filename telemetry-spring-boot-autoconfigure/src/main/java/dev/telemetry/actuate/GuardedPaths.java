package dev.telemetry.actuate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether a path may lead to a telemetry endpoint. A doubtful path counts as one
 * that does: upper case, escapes, matrix parameters, empty and dotted segments are all
 * read the way that leads there, whatever the server does with them.
 */
final class GuardedPaths {

	private final List<String> endpoint;

	private final List<String> console;

	/**
	 * Create the paths.
	 * @param endpoint the path of the endpoint {@code telemetry} within the application
	 * @param console the path of the endpoint {@code telemetryconsole}
	 */
	GuardedPaths(String endpoint, String console) {
		this.endpoint = segments(endpoint);
		this.console = segments(console);
	}

	/**
	 * Say where the given paths lead: several ways to read one request.
	 * @param paths paths within the application, escaped or not
	 * @return the area
	 */
	Area match(List<String> paths) {
		Area area = Area.NONE;
		for (String path : paths) {
			List<String> segments = segments(path);
			if (startsWith(segments, this.endpoint)) {
				return Area.ENDPOINT;
			}
			if (startsWith(segments, this.console)) {
				area = Area.CONSOLE;
			}
		}
		return area;
	}

	private static boolean startsWith(List<String> segments, List<String> start) {
		return segments.size() >= start.size() && segments.subList(0, start.size()).equals(start);
	}

	private static List<String> segments(String path) {
		// A second time, because an escape may have hidden a semicolon
		String plain = withoutParameters(decode(withoutParameters(path))).replace('\\', '/');
		List<String> segments = new ArrayList<>();
		for (String segment : plain.split("/", -1)) {
			if (segment.equals("..")) {
				segments.subList(Math.max(0, segments.size() - 1), segments.size()).clear();
			}
			else if (!segment.isEmpty() && !segment.equals(".")) {
				segments.add(segment.toLowerCase(Locale.ROOT));
			}
		}
		return segments;
	}

	private static String withoutParameters(String path) {
		StringBuilder plain = new StringBuilder(path.length());
		boolean skip = false;
		for (int i = 0; i < path.length(); i++) {
			char character = path.charAt(i);
			skip = character == ';' || (skip && character != '/');
			if (!skip) {
				plain.append(character);
			}
		}
		return plain.toString();
	}

	private static String decode(String path) {
		try {
			return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// A server refuses such a path, or takes it literally
			return path;
		}
	}

	/** What a path leads to. */
	enum Area {

		/** Nothing of ours. */
		NONE,

		/** The endpoint {@code telemetry} and what lies below it. */
		ENDPOINT,

		/** The console page. */
		CONSOLE

	}

}
