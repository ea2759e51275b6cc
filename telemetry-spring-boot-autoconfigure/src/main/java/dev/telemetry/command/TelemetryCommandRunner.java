package dev.telemetry.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusalDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusedDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.insight.PersonalDataExport;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a command and prints the answer, which is the endpoint's. Nothing but the
 * answer is printed.
 */
public final class TelemetryCommandRunner {

	/** Done. */
	public static final int DONE = 0;

	/** Refused: nothing was changed. */
	public static final int REFUSED = 1;

	/** The command cannot be understood. */
	public static final int USAGE = 2;

	/** The decision could not be written, or something could not be erased. */
	public static final int NOT_KEPT = 3;

	/** How it was said, in record and receipt. */
	public static final String CHANNEL = "command";

	private final TelemetryEndpoint endpoint;

	private final PersonalDataExport export;

	private final NoticeView notice;

	/**
	 * Create a runner.
	 * @param endpoint carries out commands; made for the channel {@code command}
	 * @param export everything kept here
	 * @param notice shows what a yes agrees to
	 */
	public TelemetryCommandRunner(TelemetryEndpoint endpoint, PersonalDataExport export, NoticeView notice) {
		this.endpoint = endpoint;
		this.export = export;
		this.notice = notice;
	}

	/**
	 * Carry out a command.
	 * @param request the command
	 * @param out takes the answer
	 * @return the exit code
	 */
	public int run(CommandRequest request, PrintStream out) {
		return switch (request.action()) {
			case STATUS -> answer(this.endpoint.status(), request, out);
			case NOTICE -> notice(request, out);
			case ENABLE -> answer(this.endpoint.enable(request.scope(), request.notice()), request, out);
			case DISABLE -> answer(this.endpoint.disable(), request, out);
			case RESET -> reset(request, out);
			case EXPORT -> export(out);
		};
	}

	private static int answer(CommandDescriptor answer, CommandRequest request, PrintStream out) {
		print((Record) answer, AnswerText.of(answer), request, out);
		return (answer instanceof RefusedDescriptor refused) ? exitCode(refused.refused()) : DONE;
	}

	private int reset(CommandRequest request, PrintStream out) {
		ResetDescriptor answer = this.endpoint.reset();
		print(answer, AnswerText.of(answer), request, out);
		return exitCode(answer.refused());
	}

	private int notice(CommandRequest request, PrintStream out) {
		NoticeDescriptor today = this.notice.show();
		print(today, AnswerText.of(today), request, out);
		return DONE;
	}

	private int export(PrintStream out) {
		try (InputStream document = this.export.open()) {
			document.transferTo(out);
			out.flush();
			return DONE;
		}
		catch (IOException ex) {
			// The document ends in the middle; no reader takes it for a whole one
			out.flush();
			return REFUSED;
		}
	}

	private static void print(Record answer, List<String> text, CommandRequest request, PrintStream out) {
		if (request.json()) {
			out.println(AnswerJson.write(answer));
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
			case "invalid-scope" -> USAGE;
			default -> REFUSED;
		};
	}

}
