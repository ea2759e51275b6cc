package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.ReportQuery;
import dev.telemetry.insight.UnreadableLogException;
import dev.telemetry.insight.UsageReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a local log holds, in numbers. */
@Command(name = "report", description = "Count what a local log holds, with the files it was rotated to",
		exitCodeList = { "0:the log was read", "2:the command or a file cannot be read" })
final class ReportCommand extends CliCommand {

	@Parameters(paramLabel = "HOME|LOG", arity = "1..*",
			description = "Homes such as ~/.acme, or local logs such as ~/.acme/telemetry.log")
	private List<String> names = List.of();

	@Option(names = "--since", paramLabel = "TIME", description = "Only what was recorded then or later")
	private @Nullable String since;

	@Option(names = "--until", paramLabel = "TIME", description = "Only what was recorded before")
	private @Nullable String until;

	@Option(names = "--event", paramLabel = "NAME", description = "Only events of this name; may be repeated")
	private List<String> events = List.of();

	@Option(names = "--by", paramLabel = "ATTRIBUTE", description = "The same figures for each value of an attribute")
	private @Nullable String by;

	@Option(names = "--sum", paramLabel = "ATTRIBUTE",
			description = "Add the numbers of an attribute; with --by, groups have shares of the sum")
	private @Nullable String sum;

	@Option(names = "--format", paramLabel = "text|json|csv|html", description = "The form of the report")
	private @Nullable Format format;

	ReportCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		ReportFormat written = format();
		String report = written.write(read(query()), world().terminal());
		world().printDocument(report);
		return DONE;
	}

	private ReportFormat format() {
		if (this.format != null) {
			return ReportFormat.valueOf(this.format.name().toUpperCase(Locale.ROOT));
		}
		return json() ? ReportFormat.JSON : ReportFormat.TEXT;
	}

	private ReportQuery query() {
		try {
			return ReportQuery.parse(this.since, this.until, this.events, this.by, this.sum);
		}
		catch (IllegalArgumentException ex) {
			throw new UserException(String.valueOf(ex.getMessage()), "correct it");
		}
	}

	private UsageReport read(ReportQuery query) {
		List<Path> logs = this.names.stream().map(this::log).toList();
		try (ProgressLine progress = new ProgressLine(world())) {
			return UsageReport.read(logs, query, progress);
		}
		catch (NoSuchFileException ex) {
			throw new UserException("'" + ex.getFile() + "' does not exist",
					"name the log: telemetry.log in the home of the tool, or 'telemetry.local-path'");
		}
		catch (UnreadableLogException ex) {
			throw new UserException("'" + String.join("', '", this.names) + "' cannot be read: " + ex.getMessage(),
					"decompress it first; gzip alone is read");
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(String.join("', '", this.names), ex);
		}
	}

	/** Of a home it is the log that is kept there unless something else is said. */
	private Path log(String name) {
		Path path = world().path(name);
		return Files.isDirectory(path) ? path.resolve("telemetry.log") : path;
	}

	/** The forms of a report, named as they are written. */
	enum Format {

		text, json, csv, html

	}

}
