package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.delivery.SpilledEvents;
import dev.telemetry.insight.JsonDocument;
import dev.telemetry.insight.LocalLogLines;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Sends a local log again: what was recorded while its destination could not be reached.
 */
@Command(name = "replay", description = "Send a local log again, under the consent it was recorded under",
		exitCodeList = { "0:all that may be sent was sent, or would be",
				"1:nothing may be sent, or something was not taken; the answer says why",
				"2:the command or a file cannot be understood or read" })
final class ReplayCommand extends CliCommand {

	/** Longer no running application has an event in hand that is not on disk. */
	private static final Duration IN_HAND = Duration.ofMinutes(1);

	@Parameters(paramLabel = "HOME|LOG",
			description = "The home of the tool, such as ~/.acme, or one of the logs in it")
	private String place = "";

	@Option(names = "--to", paramLabel = "otlp|http", description = "What the receiver speaks")
	private @Nullable Protocol protocol;

	@Option(names = "--endpoint", paramLabel = "URL",
			description = "Another address than the configured one, without its headers")
	private @Nullable String endpoint;

	@Option(names = "--header", paramLabel = "'Name: value'", description = "A header of every request")
	private List<String> headers = List.of();

	@Option(names = "--since", paramLabel = "TIME", description = "Only what was recorded then or later")
	private @Nullable String since;

	@Option(names = "--until", paramLabel = "TIME", description = "Only what was recorded before")
	private @Nullable String until;

	@Option(names = "--event", paramLabel = "NAME", description = "Only events of this name; may be repeated")
	private List<String> events = List.of();

	@Option(names = "--dry-run", description = "Say what would be sent, and open no connection")
	private boolean dry;

	ReplayCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Path path = world().path(this.place);
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new UserException("'" + path + "' does not exist",
					"name the home: 'telemetry.home', by default ~/.<name of the tool>");
		}
		boolean directory = Files.isDirectory(path);
		Path parent = path.toAbsolutePath().normalize().getParent();
		Home home = Home.chosen((directory || parent == null) ? path : parent);
		ReplaySettings settings = ReplaySettings.read(home, world().host());
		PrivateFile.Content record = RecordedTool.read(home);
		String tool = RecordedTool.of(record);
		ReplayTarget target = ReplayTarget.of(settings, new ReplayTarget.Wish(
				(this.protocol != null) ? Words.lower(this.protocol) : null, this.endpoint, this.headers), tool);
		ConsentStore store = ConsentStore.file(home, tool);
		try (ReplayConsent consent = new ReplayConsent(home, store, tool, settings, target, world().host())) {
			return replay(directory ? log(home, settings) : path, home, tool, target, consent);
		}
	}

	private Path log(Home home, ReplaySettings settings) {
		String user = world().host().properties().apply("user.home");
		return settings
			.find("telemetry.local-path", (text) -> (user != null) ? Home.expand(text, Path.of(user)) : Path.of(text))
			.orElse(home.resolve("telemetry.log"));
	}

	private int replay(Path log, Home home, String tool, ReplayTarget target, ReplayConsent consent) {
		ReplaySelection.Wish wish = new ReplaySelection.Wish(time("--since", this.since), time("--until", this.until),
				Set.copyOf(this.events));
		String refusal = consent.refusal();
		try {
			SpilledEvents waiting = new Spill(home, SpillSettings.DEFAULTS).look(target.name());
			if (refusal == null && waiting.alive() && !isSettled(wish.until())) {
				refusal = "the application runs, and may be about to send the newest events itself; end it first, or"
						+ " name with --until a time more than a minute ago";
			}
			if (refusal != null) {
				return refused(refusal);
			}
			try (LocalLogLines lines = LocalLogLines.open(log)) {
				ReplayReader reader = new ReplayReader(lines, new ReplaySelection(tool, consent.since(),
						world().host().clock().instant(), wish, consent.withheld(), waiting.ids()));
				return answer(target, send(reader, home, target, consent));
			}
		}
		catch (NoSuchFileException ex) {
			throw new UserException("'" + log + "' does not exist",
					"name the log: telemetry.log in the home of the tool, or 'telemetry.local-path'");
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(log.toString(), ex);
		}
	}

	private boolean isSettled(@Nullable Instant until) {
		return until != null && until.isBefore(world().host().clock().instant().minus(IN_HAND));
	}

	private ReplaySummary send(ReplayReader reader, Home home, ReplayTarget target, ReplayConsent consent)
			throws IOException {
		if (this.dry) {
			while (reader.next() != null) {
				// Counted by the reader
			}
			return ReplaySummary.dry(reader);
		}
		try (Replay replay = new Replay(reader, target, consent, home, world().host())) {
			replay.run();
			return replay.summary();
		}
	}

	private int refused(String why) {
		if (json()) {
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("refused", why);
			world().print(JsonDocument.write(answer));
		}
		else {
			world().print("nothing is sent: " + why);
		}
		return FOUND;
	}

	private int answer(ReplayTarget target, ReplaySummary summary) {
		if (json()) {
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("to", target.http().target());
			answer.putAll(summary.json(this.dry));
			world().print(JsonDocument.write(answer));
		}
		else {
			world().print("to " + target.name() + " at " + target.http().target());
			summary.print(world(), this.dry);
		}
		return summary.complete() ? DONE : FOUND;
	}

	private static @Nullable Instant time(String option, @Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
		}
		catch (DateTimeException ex) {
			throw new UserException("'" + option + "' is not a time",
					"write a day such as 2026-11-21, or a time such as 2026-11-21T10:00:00Z");
		}
	}

	/** The protocols of a destination, named as they are written. */
	enum Protocol {

		otlp, http

	}

}
