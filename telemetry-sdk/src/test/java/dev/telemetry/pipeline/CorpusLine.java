package dev.telemetry.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the corpus, see {@code redaction/README.md} among the resources.
 *
 * @param kind what the line is
 * @param promised whether its secrets are promised to be recognised
 * @param source where its format is published
 * @param line as it is in the file
 * @param text what is recorded
 * @param expected the text with markers instead of its secrets
 * @param secrets nothing of them may be left
 */
record CorpusLine(String kind, boolean promised, String source, String line, String text, String expected,
		List<String> secrets) {

	private static final Pattern SECRET = Pattern.compile("«([^»]*)»");

	private static final Pattern MADE_UP = Pattern.compile("\\{(hex|HEX|digits|lower|upper|alnum|word|base64):(\\d+)}");

	private static final Pattern CODE_POINT = Pattern.compile("\\{u:([0-9A-F]+)}");

	private static final String DIGITS = "0123456789";

	private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

	private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	private static final Map<String, String> ALPHABETS = Map.of("hex", DIGITS + "abcdef", "HEX", DIGITS + "ABCDEF",
			"digits", DIGITS, "lower", LOWER + DIGITS, "upper", UPPER + DIGITS, "alnum", LOWER + UPPER + DIGITS, "word",
			LOWER + UPPER + DIGITS + "_-", "base64", LOWER + UPPER + DIGITS + "+/");

	static List<CorpusLine> read(String file) {
		List<CorpusLine> lines = new ArrayList<>();
		String kind = "";
		String source = "";
		for (String line : content(file).lines().toList()) {
			if (line.startsWith("[") && line.matches("\\[[\\w ]+](?: not promised)?")) {
				kind = line;
			}
			else if (line.startsWith("# ")) {
				source = line.substring(2);
			}
			else if (!line.isEmpty()) {
				lines.add(of(kind, source, line));
			}
		}
		return lines;
	}

	private static CorpusLine of(String kind, String source, String line) {
		String made = madeUp(line);
		List<String> secrets = SECRET.matcher(made).results().map((match) -> match.group(1)).toList();
		return new CorpusLine(kind.substring(1, kind.indexOf(']')), !kind.endsWith("not promised"), source, line,
				made.replace("«", "").replace("»", ""), SECRET.matcher(made).replaceAll("[redacted]"), secrets);
	}

	private static String madeUp(String line) {
		SplittableRandom random = new SplittableRandom(line.hashCode());
		String made = MADE_UP.matcher(line).replaceAll((match) -> Matcher.quoteReplacement(random(match, random)));
		return CODE_POINT.matcher(made)
			.replaceAll((match) -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))))
			.replace("⏎", "\n")
			.replace("⇥", "\t")
			.replace("¦", "");
	}

	private static String random(MatchResult match, SplittableRandom random) {
		String alphabet = Objects.requireNonNull(ALPHABETS.get(match.group(1)));
		StringBuilder made = new StringBuilder();
		for (int i = Integer.parseInt(match.group(2)); i > 0; i--) {
			made.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return made.toString();
	}

	private static String content(String file) {
		try (InputStream in = CorpusLine.class.getResourceAsStream("redaction/" + file)) {
			return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isHarmless() {
		return this.secrets.isEmpty();
	}

	/** Return what is left of the secrets: four characters of one are too many. */
	List<String> leftIn(String redacted) {
		List<String> left = new ArrayList<>();
		String around = String.join("\n", SECRET.split(this.madeUpWithoutMarks()));
		for (String secret : this.secrets) {
			int length = Math.min(4, secret.length());
			for (int i = 0; i + length <= secret.length(); i++) {
				String part = secret.substring(i, i + length);
				if (redacted.contains(part) && !around.contains(part) && !Redactor.MARKER.contains(part)) {
					left.add(part);
				}
			}
		}
		return left;
	}

	private String madeUpWithoutMarks() {
		return madeUp(this.line);
	}

	@Override
	public String toString() {
		return "[" + this.kind + "] " + this.line;
	}

}
