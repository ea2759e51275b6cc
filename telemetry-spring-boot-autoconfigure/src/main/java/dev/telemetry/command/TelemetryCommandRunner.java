package dev.telemetry.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.telemetry.Internal;
import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusalDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusedDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.StandardOutput;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a command and prints the answer, which is the endpoint's. Nothing but the
 * answer is printed.
 */
@Internal
public final class TelemetryCommandRunner {

	/** Done. */
	public static final int DONE = 0;

	/** Refused: nothing was changed. */
	public static final int REFUSED = 1;

	/** The command cannot be understood. */
	public static final int USAGE = 2;

	/** The decision could not be written, or something could not be erased. */
	public static final int NOT_KEPT = 3;

	/** What was asked is done, but the answer could not be written. */
	public static final int UNWRITTEN = 4;

	/** How it was said, in record and receipt. */
	public static final String CHANNEL = "command";

	private static final int CHUNK = 64 * 1024;

	private final TelemetryEndpoint endpoint;

	private final PersonalDataExport export;

	private final NoticeView notice;

	private final LocalLogReader log;

	private final List<Locale> languages;

	/**
	 * Create a runner that answers in the language of the terminal.
	 * @param endpoint carries out commands; made for the channel {@code command}
	 * @param export everything stored here
	 * @param notice shows what a grant agrees to
	 * @param log what a report counts
	 */
	public TelemetryCommandRunner(TelemetryEndpoint endpoint, PersonalDataExport export, NoticeView notice,
			LocalLogReader log) {
		this(endpoint, export, notice, log, TerminalLanguage.find(System::getenv));
	}

	/**
	 * Create a runner.
	 * @param endpoint carries out commands; made for the channel {@code command}
	 * @param export everything stored here
	 * @param notice shows what a grant agrees to
	 * @param log what a report counts
	 * @param languages the languages of the user, the preferred one first
	 */
	public TelemetryCommandRunner(TelemetryEndpoint endpoint, PersonalDataExport export, NoticeView notice,
			LocalLogReader log, List<Locale> languages) {
		this.endpoint = endpoint;
		this.export = export;
		this.notice = notice;
		this.log = log;
		this.languages = List.copyOf(languages);
	}

	/**
	 * Carry out a command.
	 * @param request the command
	 * @param out takes the answer
	 * @return the exit code
	 */
	public int run(CommandRequest request, PrintStream out) {
		return StandardOutput.exitCode(carryOut(request, out), out, System.err, UNWRITTEN);
	}

	private int carryOut(CommandRequest request, PrintStream out) {
		return switch (request.action()) {
			case STATUS -> answer(this.endpoint.status(), request, out);
			case NOTICE -> notice(request, out);
			case ENABLE -> answer(enable(request), request, out);
			case DISABLE -> answer(this.endpoint.disable(), request, out);
			case RESET -> reset(request, out);
			case EXPORT -> export(out);
			case REPORT -> report(request, out);
		};
	}

	private static int answer(CommandDescriptor answer, CommandRequest request, PrintStream out) {
		print((Record) answer, AnswerText.of(answer), request, out);
		return (answer instanceof RefusedDescriptor refused) ? exitCode(refused.refused()) : DONE;
	}

	private CommandDescriptor enable(CommandRequest request) {
		return this.endpoint.enable(request.scope(), request.notice(), request.locale(), this.notice);
	}

	private int reset(CommandRequest request, PrintStream out) {
		ResetDescriptor answer = this.endpoint.reset();
		print(answer, AnswerText.of(answer), request, out);
		return exitCode(answer.refused());
	}

	private int notice(CommandRequest request, PrintStream out) {
		NoticeDescriptor today = this.notice.show(this.languages);
		print(today, AnswerText.of(today), request, out);
		return DONE;
	}

	private int export(PrintStream out) {
		try (InputStream document = this.export.open()) {
			byte[] buffer = new byte[CHUNK];
			int read = document.read(buffer);
			while (read >= 0 && !out.checkError()) {
				out.write(buffer, 0, read);
				read = document.read(buffer);
			}
			out.flush();
			return DONE;
		}
		catch (IOException ex) {
			// The document ends in the middle; no reader takes it for a whole one
			out.flush();
			return REFUSED;
		}
	}

	private int report(CommandRequest request, PrintStream out) {
		ReportRequest wanted = Objects.requireNonNull(request.report());
		try {
			String report = wanted.format().write(this.log.report(wanted.query()), false);
			if (wanted.format() == ReportFormat.TEXT) {
				out.print(report);
			}
			else {
				// A document: what it is written in does not depend on the terminal
				out.writeBytes(report.getBytes(StandardCharsets.UTF_8));
			}
			out.flush();
			return DONE;
		}
		catch (IOException ex) {
			System.err.println("The local log cannot be read");
			return REFUSED;
		}
	}

	private static void print(Record answer, List<String> text, CommandRequest request, PrintStream out) {
		if (request.json()) {
			out.println(JsonDocument.write(DescriptorFields.of(answer)));
		}
		else {
			text.forEach(out::println);
		}
		out.flush();
	}

	private static int exitCode(@Nullable RefusalDescriptor refusal) {
		if (refusal == null) {
			return DONE;
		}
		return switch (refusal.code()) {
			case "not-persisted", "not-erased" -> NOT_KEPT;
			case "invalid-scope", "invalid-locale" -> USAGE;
			default -> REFUSED;
		};
	}

}
