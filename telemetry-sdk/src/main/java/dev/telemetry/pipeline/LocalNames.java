package dev.telemetry.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
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
final class LocalNames {

	private static final int SHORTEST = 3;

	// Names that many machines share, and words that would be removed from any sentence
	private static final Set<String> GENERIC = Set.of("root", "admin", "administrator", "user", "users", "username",
			"app", "apps", "application", "guest", "nobody", "daemon", "test", "tests", "default", "localhost", "local",
			"localdomain", "localnet", "lan", "internal", "host", "hostname", "server", "service", "system", "docker",
			"container", "runner", "jenkins", "gitlab", "github", "build", "builder", "ubuntu", "debian", "ec2-user",
			"centos", "fedora", "vagrant", "spring", "java", "tomcat", "jetty", "www-data", "web", "api", "www", "home",
			"node", "dev", "prod", "redacted", "unknown", "telemetry");

	private static final Set<String> GENERIC_HOMES = Set.of("/root", "/home", "/users", "/nonexistent", "/app", "/opt",
			"/srv", "/tmp", "/var", "/usr");

	// Longest first, so that no rest of a longer name is left
	private final List<String> terms;

	private LocalNames(List<String> terms) {
		this.terms = terms;
	}

	static LocalNames of(@Nullable String userName, Collection<String> hostNames, Collection<String> homeDirectories) {
		List<String> terms = new ArrayList<>();
		for (String home : homeDirectories) {
			addHome(home, terms);
		}
		addName(userName, terms);
		for (String hostName : hostNames) {
			addHost(hostName, terms);
		}
		terms.sort(Comparator.comparing(String::length).reversed());
		return new LocalNames(terms.stream().distinct().toList());
	}

	/**
	 * A name with a domain, and its first part; {@code localhost.localdomain} is none.
	 */
	private static void addHost(String hostName, List<String> terms) {
		String name = hostName.strip();
		int dot = name.indexOf('.');
		if (dot > 0) {
			addName(name.substring(0, dot), terms);
		}
		if (!Arrays.stream(name.toLowerCase(Locale.ROOT).split("\\.")).allMatch(GENERIC::contains)) {
			addName(name, terms);
		}
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

	void find(CharSequence source, Findings found) {
		ScannedText text = new ScannedText(source);
		int i = 0;
		while (i < text.length()) {
			int end = isInside(text, i) ? -1 : endOfTerm(text, i);
			if (end > 0) {
				found.add(i, end);
			}
			i = Math.max(i + 1, end);
		}
	}

	/** Return whether a name is at a position. */
	boolean isAt(CharSequence source, int index) {
		ScannedText text = new ScannedText(source);
		return !isInside(text, index) && endOfTerm(text, index) > 0;
	}

	private int endOfTerm(ScannedText text, int start) {
		for (String term : this.terms) {
			int end = start + term.length();
			if (end <= text.length() && matches(text, start, term) && !isInside(text, end)) {
				return end;
			}
		}
		return -1;
	}

	private static boolean matches(ScannedText text, int start, String term) {
		for (int i = 0; i < term.length(); i++) {
			char c = text.at(start + i);
			char expected = term.charAt(i);
			if (c != expected && Character.toLowerCase(Character.toUpperCase(c)) != Character
				.toLowerCase(Character.toUpperCase(expected))) {
				return false;
			}
		}
		return true;
	}

	/** Return whether a position is within a word. */
	private static boolean isInside(ScannedText text, int position) {
		return text.isLetterOrDigit(position - 1) && text.isLetterOrDigit(position);
	}

}
