package dev.telemetry.pipeline.reference;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the part of a path that names a user: below {@code home} and {@code Users}, on
 * Linux, macOS, BSD and Windows, in shares and in URLs of files. Routes of web
 * applications look alike: what follows a host or a method of HTTP, or is a word by which
 * pages go ({@link WebPages}), is none.
 */
final class HomePaths {

	private static final int LONGEST_SEGMENT = 64;

	private static final int LONGEST_NAME = 160;

	private static final int MOST_SEPARATORS = 8;

	private static final int DEPTH = 3;

	/** What directories of users are called. */
	private static final Set<String> HOMES = Set.of("home", "homes", "users", "documents and settings", "profiles",
			"userdata", "redirected", "mail", "crontabs", "media");

	private static final Pattern NUMBERED_HOME = Pattern.compile("homes?\\d{1,2}");

	/** What contains them; a drive or a letter is one, too. */
	private static final Pattern ROOTS = Pattern
		.compile("usr|export|var|root|\\.{1,2}|data\\d?|nfs\\w*|net|mnt|srv|opt|storage|private|shared?"
				+ "|local|remote|vol\\w*|disk\\w*|raid\\w*|u\\d{1,2}|gpfs|lustre|cluster|cygdrive|drives|[a-z]|system|volumes|data|winnt|run|spool|cron");

	/** What is stored for each user elsewhere, by what contains it. */
	private static final Map<String, Set<String>> PARENTS = Map.of("mail", Set.of("var", "spool"), "crontabs",
			Set.of("cron"), "media", Set.of("run"));

	private static final Set<String> FILE_SCHEMES = Set.of("file", "sftp", "scp", "ssh", "nfs", "smb", "cifs", "afp",
			"vscode", "remote");

	/** How homes are put in order. */
	private static final Set<String> GROUPS = Set.of(".", "..", "users", "staff", "students", "people", "members",
			"corp", "domain");

	private static final Set<String> SHARED = Set.of("shared", "public", "default", "default user", "all users",
			"guest", "defaultapppool", "me", "search", "list", "new");

	private static final Set<String> METHODS = Set.of("get", "post", "put", "head", "patch", "delete", "options");

	/** A space only in front of another capital, and more of a path behind it. */
	private static final Pattern NAME = Pattern.compile("[^/\\\\\\s\"'`:;,<>|&?#()\\[\\]{}*=]{1,64}"
			+ "(?: \\p{Lu}[^/\\\\\\s\"'`:;,<>|&?#*=]{0,32}){0,2}(?=[/\\\\])|[^/\\\\\\s\"'`:;,<>|&?#()\\[\\]{}*=]{1,64}");

	/** Windows allows more; the text before a separator is a name up to it. */
	private static final Pattern WINDOWS_NAME = Pattern.compile("[^\\\\/:*?\"'<>|\\r\\n]{1,64}(?=[\\\\/])"
			+ "|[^\\\\/\\s:*?\"'<>|,;&]{1,64}(?: \\p{Lu}[^\\\\/\\s:*?\"'<>|,;&]{0,32}){1,2}(?=[\"'<>|,;)\\r\\n]|\\z)"
			+ "|[^\\\\/\\s:*?\"'<>|,;&)]{1,64}");

	/** By these a directory below {@code users} is told from a route. */
	private static final Set<String> DIRECTORIES = Set.of("library", "documents", "desktop", "downloads", "pictures",
			"music", "movies");

	private final CharSequence source;

	private final ScannedText text;

	private final Findings found;

	private HomePaths(CharSequence source, Findings found) {
		this.source = source;
		this.text = new ScannedText(source);
		this.found = found;
	}

	static void find(CharSequence text, Findings found) {
		new HomePaths(text, found).find();
	}

	private void find() {
		int i = 0;
		while (i < this.text.length()) {
			int end = i;
			if (isSeparator(this.text.at(i))) {
				end = this.text.endOfRun(i, HomePaths::isSeparator);
				segment(i, end);
			}
			else if (this.text.is(i, '~')) {
				tilde(i);
			}
			i = Math.max(i + 1, end);
		}
	}

	private static boolean isSeparator(char c) {
		return c == '/' || c == '\\';
	}

	/** Look at the segment behind separators. */
	private void segment(int separators, int start) {
		int end = this.text.endOfRun(start, LONGEST_SEGMENT, (c) -> Character.isLetterOrDigit(c) || c == ' ');
		int next = this.text.is(end, '$') ? end + 1 : end;
		int name = this.text.endOfRun(next, MOST_SEPARATORS, HomePaths::isSeparator);
		if (end == start || name == next) {
			return;
		}
		String segment = this.text.lower(start, end);
		if (HOMES.contains(segment) || NUMBERED_HOME.matcher(segment).matches()) {
			Place place = place(separators, start, 0);
			int user = skipGroups(name);
			int userEnd = endOfName(place, user);
			if (userEnd > user && isHome(segment, start, place, user, userEnd)) {
				this.found.add(user, userEnd);
			}
		}
	}

	private boolean isHome(String segment, int start, Place place, int user, int userEnd) {
		String name = this.text.exactly(user, userEnd).toLowerCase(Locale.ROOT);
		boolean shared = SHARED.contains(name) || name.chars().allMatch((c) -> c >= '0' && c <= '9');
		boolean windows = place == Place.DRIVE || place == Place.SHARE;
		return !shared && switch (segment) {
			case "documents and settings" -> place == Place.DRIVE;
			case "users" -> windows || place == Place.LETTER || place == Place.FILE
					|| (place != Place.NONE && (this.text.is(start, 'U') || isDirectory(userEnd)));
			case "profiles", "userdata", "redirected" -> windows;
			case "mail", "crontabs", "media" ->
				place == Place.ROOT && PARENTS.getOrDefault(segment, Set.of()).contains(parent(start));
			default -> place != Place.NONE && place != Place.BACKSLASH && !WebPages.isPage(name);
		};
	}

	/** Where the path begins, and what is there. */
	private Place place(int separators, int start, int depth) {
		char before = this.text.at(separators - 1);
		boolean backslash = this.text.is(separators, '\\');
		if (before == ':' && Ascii.isLetter(this.text.at(separators - 2))
				&& !this.text.isLetterOrDigit(separators - 3)) {
			return Place.DRIVE;
		}
		if (!isSegment(before)) {
			boolean share = depth > 0 && start - separators > 1 && before != ':';
			if (share) {
				return Place.SHARE;
			}
			if (backslash) {
				return Place.BACKSLASH;
			}
			return (isRoute(separators) || this.text.isOneOf(separators - 1, ")]}%~")) ? Place.NONE : Place.ROOT;
		}
		int segment = startOfSegment(separators);
		if (separators - segment == 2 && this.text.is(segment, '-') && Ascii.isLetter(before)) {
			// An option of a compiler, as in -I/home/…
			return Place.ROOT;
		}
		int outer = this.text.startOfRun(segment, MOST_SEPARATORS, HomePaths::isSeparator);
		return (outer == segment || depth == DEPTH) ? Place.NONE : parent(outer, segment, separators, depth);
	}

	/** A segment further up, or a host. */
	private Place parent(int outer, int segment, int end, int depth) {
		if (segment - outer > 1 && this.text.is(outer - 1, ':')) {
			int scheme = this.text.startOfRun(outer - 1, LONGEST_SEGMENT, Ascii::isLetter);
			return FILE_SCHEMES.contains(this.text.lower(scheme, outer - 1)) ? Place.FILE : Place.NONE;
		}
		String name = this.text.lower(segment, end);
		Place place = place(outer, segment, depth + 1);
		if (place == Place.SHARE) {
			boolean host = this.text.is(outer, '\\') || name.indexOf('.') < 0;
			return host || depth > 0 ? Place.SHARE : Place.NONE;
		}
		if (!ROOTS.matcher(name).matches()) {
			boolean volume = parent(segment).equals("volumes");
			return volume ? place : Place.NONE;
		}
		return (place == Place.ROOT && name.length() == 1) ? Place.LETTER : place;
	}

	/** The name of the directory that contains the segment at a position. */
	private String parent(int segment) {
		int end = this.text.startOfRun(segment, MOST_SEPARATORS, HomePaths::isSeparator);
		return this.text.lower(this.text.startOfRun(end, LONGEST_SEGMENT, HomePaths::isSegment), end);
	}

	/** The name of a volume may have blanks in it. */
	private int startOfSegment(int end) {
		int volume = this.text.startOfRun(end, LONGEST_SEGMENT, (c) -> isSegment(c) || c == ' ');
		return parent(volume).equals("volumes") ? volume
				: this.text.startOfRun(end, LONGEST_SEGMENT, HomePaths::isSegment);
	}

	private static boolean isSegment(char c) {
		return Character.isLetterOrDigit(c) || "_.-$+".indexOf(c) >= 0;
	}

	/** Say whether there is a method of HTTP before it. */
	private boolean isRoute(int start) {
		int word = this.text.startOfRun(start - 1, 8, Ascii::isLetter);
		return this.text.isBlank(start - 1) && METHODS.contains(this.text.lower(word, start - 1));
	}

	private int skipGroups(int start) {
		int name = start;
		for (int i = 0; i < 2; i++) {
			int end = this.text.endOfRun(name, LONGEST_SEGMENT, (c) -> Ascii.isLetter(c) || c == '.');
			int next = this.text.endOfRun(end, MOST_SEPARATORS, HomePaths::isSeparator);
			boolean domain = this.text.is(end, '\\')
					&& this.text.endOfRun(name, LONGEST_SEGMENT, Ascii::isUpper) == end;
			if (next == end
					|| !(GROUPS.contains(this.text.lower(name, end)) || (domain && this.text.is(name - 1, '/')))) {
				return name;
			}
			name = next;
		}
		return name;
	}

	private int endOfName(Place place, int start) {
		boolean windows = place == Place.DRIVE || place == Place.SHARE || place == Place.BACKSLASH;
		Matcher matcher = (windows ? WINDOWS_NAME : NAME).matcher(this.source);
		matcher.region(start, Math.min(start + LONGEST_NAME, this.text.length())).useAnchoringBounds(false);
		return matcher.lookingAt() ? matcher.end() : start;
	}

	private boolean isDirectory(int end) {
		int next = this.text.endOfRun(end, MOST_SEPARATORS, HomePaths::isSeparator);
		int nextEnd = this.text.endOfRun(next, LONGEST_SEGMENT, Ascii::isLetter);
		return next > end && DIRECTORIES.contains(this.text.lower(next, nextEnd));
	}

	/** {@code ~bob/x}. */
	private void tilde(int index) {
		int end = this.text.endOfRun(index + 1, LONGEST_SEGMENT, (c) -> Ascii.isWord(c) || c == '.');
		char before = this.text.at(index - 1);
		boolean begins = !isSegment(before) && before != '~'
				&& (before != '/' || Ascii.isLetter(this.text.at(index - 2)));
		if (begins && Ascii.isLetter(this.text.at(index + 1)) && this.text.is(end, '/')) {
			this.found.add(index + 1, end);
		}
	}

	/** What a path begins with. */
	private enum Place {

		/** Nothing a home can be in. */
		NONE,

		/** The root, as systems with slashes have it. */
		ROOT,

		/** A directory of one letter in the root: a drive, as it is mounted. */
		LETTER,

		/** The host of a URL of files. */
		FILE,

		/** A drive of Windows. */
		DRIVE,

		/** A host of Windows. */
		SHARE,

		/** A backslash. */
		BACKSLASH

	}

}
