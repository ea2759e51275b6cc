package dev.telemetry.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.ConsentDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusalDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusedDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.SinkDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.StatusDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Writes the endpoint's descriptors for people: a name and what it says on each line, and
 * what to do at the end. Control characters are taken out, since much of it comes from
 * the environment and goes to a terminal.
 */
final class AnswerText {

	private final List<String> lines = new ArrayList<>();

	private AnswerText() {
	}

	static List<String> of(CommandDescriptor answer) {
		AnswerText text = new AnswerText();
		if (answer instanceof StatusDescriptor status) {
			text.add("tool", status.tool());
			text.consent(status.consent());
			text.add("machine id", status.machineId());
			text.add("aborted", status.aborted());
			status.sinks().forEach(text::sink);
			status.problems()
				.forEach((problem) -> text.add("problem",
						problem.property() + ((problem.origin() != null) ? " (" + problem.origin() + ")" : "") + " "
								+ problem.problem() + "; " + problem.action()));
			text.next(status.consent());
		}
		else if (answer instanceof RefusedDescriptor refused) {
			text.refusal(refused.refused());
			text.consent(refused.consent());
			text.next(refused.consent());
		}
		return text.lines;
	}

	static List<String> of(ResetDescriptor reset) {
		AnswerText text = new AnswerText();
		text.refusal(reset.refused());
		text.fields("deletion", reset.deletion());
		text.consent(reset.consent());
		return text.lines;
	}

	/**
	 * The sentences first; what identifies the notice is for programs, and comes last.
	 */
	static List<String> of(NoticeDescriptor notice) {
		AnswerText text = new AnswerText();
		List<String> changes = notice.changes();
		if (changes != null) {
			text.lines.addAll(changes);
			text.lines.add("");
		}
		if (notice.text() != null) {
			text.lines.addAll(notice.text().lines());
			text.lines.add("");
		}
		if (!notice.examples().isEmpty()) {
			text.lines.addAll(notice.examples());
			text.lines.add("");
		}
		text.add("language", (notice.text() != null) ? notice.text().language() : null);
		text.add("accepted", notice.accepted());
		text.add("notice", (notice.current() != null) ? notice.current() : "not known yet");
		return text.lines;
	}

	private void refusal(@Nullable RefusalDescriptor refusal) {
		if (refusal != null) {
			add("not done", refusal.code());
			add("reason", refusal.reason());
			add("origin", refusal.origin());
		}
	}

	private void consent(ConsentDescriptor consent) {
		add("consent", consent.state() + ", scope " + consent.scope());
		add("because", consent.reason());
		add("from", consent.origin());
		add("capped", consent.cap());
	}

	private void sink(SinkDescriptor sink) {
		add("sink", sink.name() + ", " + sink.target() + ": delivered " + sink.delivered() + ", pending "
				+ sink.pending() + ((sink.lastError() != null) ? ", last error " + sink.lastError() : ""));
	}

	/** What a descriptor says beside its name: nothing a reset tells may be lost here. */
	private void fields(String name, Record descriptor) {
		DescriptorFields.of(descriptor).forEach((field, value) -> tree(name + " " + field, value));
	}

	/** What is nested, as one line for each value under the names that lead to it. */
	private void tree(String name, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, entry) -> tree(name.isEmpty() ? String.valueOf(key) : name + " " + key, entry));
		}
		else if (value instanceof Iterable<?> list) {
			list.forEach((entry) -> tree(name, entry));
		}
		else {
			add(name, value);
		}
	}

	private void next(ConsentDescriptor consent) {
		add("next", switch (consent.state()) {
			case ABSENT, VETOED -> "nothing is collected until "
					+ ((consent.origin() != null) ? consent.origin() : "what is named above") + " is changed";
			case SUPPRESSED ->
				"in tests nothing is collected, and on a build server only telemetry.enabled=true allows it";
			case FAULT -> "disable moves the damaged record aside; then enable again";
			case UNDECIDED -> "enable says yes, with scope local for this machine only; disable says no";
			case DENIED, WITHDRAWN -> "enable says yes";
			case STALE -> "enable says yes again; disable says no";
			case GRANTED -> "disable says no; reset says no and forgets everything";
		});
	}

	private void add(String name, @Nullable Object value) {
		if (value != null) {
			this.lines.add(plain(String.format(Locale.ROOT, "%-12s %s", name + ":", value)));
		}
	}

	static String plain(String text) {
		return text.codePoints()
			.map((point) -> (Character.getType(point) == Character.CONTROL
					|| Character.getType(point) == Character.FORMAT) ? '?' : point)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
