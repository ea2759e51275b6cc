package dev.telemetry.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The names by which this machine and its user could be recognised: found as whole words,
 * in any case.
 */
final class OwnNames {

	private static final int SHORTEST = 3;

	// Names that many machines share, and words that would be removed from any sentence
	private static final Set<String> GENERIC = Set.of("root", "admin", "administrator", "user", "users", "username",
			"app", "apps", "application", "guest", "nobody", "daemon", "test", "tests", "default", "localhost", "local",
			"localdomain", "host", "hostname", "server", "service", "system", "docker", "container", "runner",
			"jenkins", "gitlab", "github", "build", "builder", "ubuntu", "debian", "ec2-user", "centos", "fedora",
			"vagrant", "spring", "java", "tomcat", "jetty", "www-data", "web", "api", "www", "home", "node", "dev",
			"prod", "redacted", "unknown", "telemetry");

	private static final Set<String> GENERIC_HOMES = Set.of("/root", "/home", "/users", "/nonexistent", "/app", "/opt",
			"/srv", "/tmp", "/var", "/usr");

	// Longest first, so that no rest of a longer name is left
	private final List<String> terms;

	private OwnNames(List<String> terms) {
		this.terms = terms;
	}

	static OwnNames of(@Nullable String userName, @Nullable String hostName, Collection<String> homeDirectories) {
		List<String> terms = new ArrayList<>();
		for (String home : homeDirectories) {
			addHome(home, terms);
		}
		addName(userName, terms);
		addName(hostName, terms);
		if (hostName != null && hostName.indexOf('.') > 0) {
			addName(hostName.substring(0, hostName.indexOf('.')), terms);
		}
		terms.sort(Comparator.comparing(String::length).reversed());
		return new OwnNames(List.copyOf(terms));
	}

	private static void addHome(String home, List<String> terms) {
		String path = home.strip();
		while (path.endsWith("/") || path.endsWith("\\")) {
			path = path.substring(0, path.length() - 1);
		}
		if (path.length() > SHORTEST && !GENERIC_HOMES.contains(path.toLowerCase(Locale.ROOT))) {
			terms.add(path);
		}
	}

	private static void addName(@Nullable String name, List<String> terms) {
		String term = (name != null) ? name.strip() : "";
		boolean telling = term.codePoints().anyMatch(Character::isLetter)
				&& !GENERIC.contains(term.toLowerCase(Locale.ROOT));
		if (term.length() >= SHORTEST && telling) {
			terms.add(term);
		}
	}

	/**
	 * Return the characters with which a name can begin.
	 * @return the first characters in upper and lower case
	 */
	IntStream initials() {
		return this.terms.stream()
			.map((term) -> term.charAt(0))
			.flatMapToInt((c) -> IntStream.of(c, Character.toLowerCase(c), Character.toUpperCase(c)));
	}

	String redact(String text) {
		Replacement result = new Replacement(text);
		int i = 0;
		while (i < text.length()) {
			int end = isInside(text, i) ? -1 : endOfTerm(text, i);
			if (end > 0) {
				result.replace(i, end);
			}
			i = Math.max(i + 1, end);
		}
		return result.toString();
	}

	private int endOfTerm(String text, int start) {
		for (String term : this.terms) {
			int end = start + term.length();
			if (text.regionMatches(true, start, term, 0, term.length()) && !isInside(text, end)) {
				return end;
			}
		}
		return -1;
	}

	/** Say whether a position lies within a word. */
	private static boolean isInside(String text, int position) {
		return position > 0 && position < text.length() && Character.isLetterOrDigit(text.charAt(position - 1))
				&& Character.isLetterOrDigit(text.charAt(position));
	}

}
