package dev.telemetry.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.notice.NoticePrompt;
import dev.telemetry.consent.notice.NoticeText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Asks the user who starts the application on a terminal, once, before the web server and
 * the application's runners start, and only when no decision has been made or the consent
 * has become stale: not on a build server, not in tests. Shows the notice in sentences, a
 * page at a time. Consent is granted only if the user answers yes. A user who answers no,
 * or just presses Enter, is not asked again; when the input ends instead, nothing is
 * recorded.
 */
@Internal
public final class ConsentPrompt implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ConsentPrompt.class);

	private final boolean interactive;

	private final int phase;

	private final TelemetryEndpoint endpoint;

	private final NoticeView notice;

	private final Supplier<@Nullable Terminal> terminals;

	private final List<Locale> languages;

	private volatile boolean asked;

	private volatile boolean running;

	/**
	 * Create a prompt on the console of this process, in the language of its user.
	 * @param interactive whether to ask at all
	 * @param phase when to ask: after telemetry has started, before anything takes
	 * requests
	 * @param endpoint carries out the answer; made for the channel {@code command}
	 * @param notice shows what consent allows
	 */
	public ConsentPrompt(boolean interactive, int phase, TelemetryEndpoint endpoint, NoticeView notice) {
		this(interactive, phase, endpoint, notice, SystemTerminal::find, TerminalLanguage.find(System::getenv));
	}

	ConsentPrompt(boolean interactive, int phase, TelemetryEndpoint endpoint, NoticeView notice,
			Supplier<@Nullable Terminal> terminals, List<Locale> languages) {
		this.interactive = interactive;
		this.phase = phase;
		this.endpoint = endpoint;
		this.notice = notice;
		this.terminals = terminals;
		this.languages = languages;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public void start() {
		this.running = true;
		// A context that is stopped and started again has no new user
		if (this.interactive && !this.asked) {
			this.asked = true;
			try {
				ask();
			}
			catch (RuntimeException ex) {
				// The application starts whatever becomes of the question
				logger.warn("Telemetry: the user cannot be asked for consent", ex);
			}
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void ask() {
		ConsentState state = this.endpoint.status().consent().state();
		if (state != ConsentState.UNDECIDED && state != ConsentState.STALE) {
			return;
		}
		Terminal terminal = this.terminals.get();
		NoticeDescriptor today = this.notice.show(this.languages);
		NoticePrompt prompt = this.notice.prompt(this.languages);
		NoticeText text = today.text();
		if (terminal != null && text != null && prompt != null && show(terminal, lines(today, text), prompt)) {
			answer(terminal, today, prompt);
		}
	}

	private static List<String> lines(NoticeDescriptor today, NoticeText text) {
		List<String> lines = new ArrayList<>();
		List<String> changes = today.changes();
		if (changes != null) {
			lines.addAll(changes);
			lines.add("");
		}
		lines.addAll(text.lines());
		return lines;
	}

	/** Return whether the user has seen it all. */
	private static boolean show(Terminal terminal, List<String> lines, NoticePrompt prompt) {
		// One row for the question that follows a page, and one for what is typed
		List<List<String>> pages = new TerminalPages(terminal.columns(), Math.max(1, terminal.rows() - 2)).of(lines);
		for (int i = 0; i < pages.size(); i++) {
			print(terminal, pages.get(i));
			if (i < pages.size() - 1) {
				terminal.print(prompt.more() + " ");
				if (terminal.readLine() == null) {
					return false;
				}
			}
		}
		terminal.print("\n");
		return true;
	}

	private void answer(Terminal terminal, NoticeDescriptor today, NoticePrompt prompt) {
		while (true) {
			terminal.print(prompt.question() + " ");
			String line = terminal.readLine();
			if (line == null) {
				return;
			}
			switch (line.strip().toLowerCase(Locale.ROOT)) {
				case "v", "view" -> {
					if (!show(terminal, today.examples(), prompt)) {
						return;
					}
				}
				case "y", "yes" -> {
					// Never more than the question offers
					enable(terminal, prompt.sends() ? "export" : "local", today);
					return;
				}
				case "l", "local" -> {
					enable(terminal, "local", today);
					return;
				}
				default -> {
					tell(terminal, this.endpoint.disable());
					return;
				}
			}
		}
	}

	private void enable(Terminal terminal, String scope, NoticeDescriptor today) {
		tell(terminal, this.endpoint.enable(scope, today.current(), language(today), this.notice));
	}

	private static @Nullable String language(NoticeDescriptor today) {
		return (today.text() != null) ? today.text().language() : null;
	}

	private static void tell(Terminal terminal, CommandDescriptor answer) {
		print(terminal, AnswerText.of(answer));
	}

	private static void print(Terminal terminal, List<String> lines) {
		lines.forEach((line) -> terminal.print(line + "\n"));
	}

}
