package dev.telemetry.spec.lint;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.telemetry.spec.SpecFormatter;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;

/**
 * The comments {@code # lint:allow rule reason} of a file. One behind a line is for that
 * line, one on a line of its own for the next line that is no comment.
 */
final class LintAllowances {

	private static final Pattern FORM = Pattern.compile("\\s*lint:allow(?:\\s+(\\S+))?(?:\\s+(\\S.*?))?\\s*");

	private static final int MIN_REASON = 8;

	private final List<Allowance> allowances = new ArrayList<>();

	/**
	 * Read the comments.
	 * @param yaml a text that is YAML in UTF-8
	 */
	LintAllowances(byte[] yaml) {
		String text = new String(yaml, StandardCharsets.UTF_8);
		String[] lines = text.split("\r\n|\r|\n", -1);
		LoaderOptions options = new LoaderOptions();
		options.setProcessComments(true);
		for (Event event : new Yaml(options).parse(new StringReader(text))) {
			if (event instanceof CommentEvent comment) {
				add(comment, lines);
			}
		}
	}

	private void add(CommentEvent comment, String[] lines) {
		Matcher matcher = FORM.matcher(comment.getValue());
		if (matcher.matches()) {
			int line = comment.getStartMark().getLine();
			boolean alone = lines[line].trim().startsWith("#");
			this.allowances.add(new Allowance(line + 1, alone ? next(lines, line) + 1 : line + 1,
					Objects.requireNonNullElse(matcher.group(1), ""),
					Objects.requireNonNullElse(matcher.group(2), "")));
		}
	}

	private static int next(String[] lines, int line) {
		int next = line;
		while (next < lines.length && (lines[next].isBlank() || lines[next].trim().startsWith("#"))) {
			next++;
		}
		return next;
	}

	/** Return whether a finding is allowed with a reason. */
	boolean allow(LintFinding finding) {
		Allowance found = null;
		for (Allowance allowance : this.allowances) {
			if (allowance.line == finding.line() && allowance.rule() == finding.rule()) {
				found = allowance;
			}
		}
		if (found == null || found.reason.length() < MIN_REASON) {
			return false;
		}
		found.used = true;
		return true;
	}

	/**
	 * Return what is wrong with the comments themselves, once all findings were shown.
	 */
	List<LintFinding> findings(String file) {
		List<LintFinding> findings = new ArrayList<>();
		for (Allowance allowance : this.allowances) {
			LintRule rule = allowance.rule();
			if (rule == null) {
				findings.add(allowance.finding(file, LintRule.ALLOW,
						"'" + SpecFormatter.shown(allowance.id) + "' cannot be allowed", "name one of " + ids()));
			}
			else if (allowance.reason.length() < MIN_REASON) {
				findings.add(allowance.finding(file, LintRule.ALLOW, "nothing says why '" + rule.id() + "' is allowed",
						"write the reason behind it"));
			}
			else if (!allowance.used) {
				findings.add(allowance.finding(file, LintRule.UNUSED_ALLOW,
						"there is nothing that '" + rule.id() + "' would find on line " + allowance.line,
						"remove the comment"));
			}
		}
		return findings;
	}

	private static String ids() {
		return String.join(", ",
				Arrays.stream(LintRule.values()).filter(LintRule::allowable).map(LintRule::id).toList());
	}

	/** One comment. */
	private static final class Allowance {

		private final int at;

		private final int line;

		private final String id;

		private final String reason;

		private boolean used;

		Allowance(int at, int line, String id, String reason) {
			this.at = at;
			this.line = line;
			this.id = id;
			this.reason = reason;
		}

		@Nullable LintRule rule() {
			return Arrays.stream(LintRule.values())
				.filter((rule) -> rule.allowable() && rule.id().equals(this.id))
				.findFirst()
				.orElse(null);
		}

		LintFinding finding(String file, LintRule rule, String problem, String action) {
			return new LintFinding(file, this.at, 1, rule, problem, action);
		}

	}

}
