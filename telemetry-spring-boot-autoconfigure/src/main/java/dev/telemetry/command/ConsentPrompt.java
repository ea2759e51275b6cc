package dev.telemetry.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.StatusDescriptor;
import dev.telemetry.consent.ConsentState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Asks whoever starts the application on a terminal, once, before the application's
 * runners, and only when nobody has decided yet or the decision has grown stale: not on a
 * build server, not in tests. No answer but a yes is one. Whoever says no, or just
 * presses Enter, is not asked again; when the terminal ends instead, nothing is recorded.
 */
public final class ConsentPrompt implements ApplicationListener<ApplicationStartedEvent>, Ordered {

	private static final String QUESTION = "May it collect? [y/N/l/v] (yes, no, local: this machine only, view) ";

	private final boolean interactive;

	private final TelemetryEndpoint endpoint;

	private final NoticeView notice;

	private final Supplier<@Nullable Terminal> terminals;

	/**
	 * Create a prompt on the console of this process.
	 * @param interactive whether to ask at all
	 * @param endpoint carries out the answer; made for the channel {@code command}
	 * @param notice shows what a yes agrees to
	 */
	public ConsentPrompt(boolean interactive, TelemetryEndpoint endpoint, NoticeView notice) {
		this(interactive, endpoint, notice, SystemTerminal::find);
	}

	ConsentPrompt(boolean interactive, TelemetryEndpoint endpoint, NoticeView notice,
			Supplier<@Nullable Terminal> terminals) {
		this.interactive = interactive;
		this.endpoint = endpoint;
		this.notice = notice;
		this.terminals = terminals;
	}

	/** After {@code --telemetry.command}, which ends the application, before others. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 10;
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		if (this.interactive) {
			ask();
		}
	}

	private void ask() {
		StatusDescriptor status = this.endpoint.status();
		ConsentState state = status.consent().state();
		if (state != ConsentState.UNDECIDED && state != ConsentState.STALE) {
			return;
		}
		Terminal terminal = this.terminals.get();
		if (terminal != null) {
			NoticeDescriptor today = this.notice.show();
			terminal.print(AnswerText
				.plain(status.tool() + " would like to collect usage telemetry: " + status.consent().reason()) + ".\n");
			print(terminal, AnswerText.summary(today));
			answer(terminal, today);
		}
	}

	private void answer(Terminal terminal, NoticeDescriptor today) {
		while (true) {
			terminal.print(QUESTION);
			String line = terminal.readLine();
			if (line == null) {
				return;
			}
			switch (line.strip().toLowerCase(Locale.ROOT)) {
				case "v", "view" -> print(terminal, AnswerText.of(today));
				case "y", "yes" -> {
					tell(terminal, this.endpoint.enable("export", today.current()));
					return;
				}
				case "l", "local" -> {
					tell(terminal, this.endpoint.enable("local", today.current()));
					return;
				}
				default -> {
					tell(terminal, this.endpoint.disable());
					return;
				}
			}
		}
	}

	private static void tell(Terminal terminal, CommandDescriptor answer) {
		print(terminal, AnswerText.of(answer));
	}

	private static void print(Terminal terminal, List<String> lines) {
		lines.forEach((line) -> terminal.print(line + "\n"));
	}

}
