package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.net.HostName;
import org.jspecify.annotations.Nullable;

/**
 * Puts the sections of one notice together: who asks and why, what is recorded, what with
 * each event, where it goes, how long it is stored, what is never recorded, and how to
 * change the decision.
 */
final class NoticeComposer {

	private static final String NOT_ADDRESSED = "sink";

	private final Notice notice;

	private final NoticeStatements statements;

	private final NoticeMessages messages;

	private final EventSentences events;

	NoticeComposer(Notice notice, NoticeDescriptions descriptions, NoticeStatements statements,
			NoticeMessages messages) {
		this.notice = notice;
		this.statements = statements;
		this.messages = messages;
		this.events = new EventSentences(messages, descriptions);
	}

	NoticeText compose() {
		return new NoticeText(this.messages.language(),
				List.of(section("asks", asks()), section("events", events()), section("context", context()),
						section("destinations", destinations()), section("storage", storage()),
						section("never", never()), section("decide", decide())));
	}

	private NoticeSection section(String id, List<String> lines) {
		return new NoticeSection(id, this.messages.text(id + ".heading"), lines);
	}

	private List<String> asks() {
		List<String> lines = new ArrayList<>();
		String introduction = this.statements.introduction();
		lines.add((introduction != null) ? introduction : this.messages.text("asks.default", this.notice.tool()));
		addStated(lines, "asks.controller", this.notice.controller());
		addStated(lines, "asks.contact", this.notice.contact());
		addStated(lines, "asks.policy", this.statements.privacyPolicy());
		if (this.notice.controller() == null) {
			lines.add(this.messages.text("asks.unstated"));
		}
		return lines;
	}

	private void addStated(List<String> lines, String key, @Nullable String value) {
		if (value != null) {
			lines.add(this.messages.text(key, DisplayText.clause(value)));
		}
	}

	private List<String> events() {
		List<String> lines = new ArrayList<>();
		if (this.notice.undeclared().recorded()) {
			lines.add(this.messages.text("events.undeclared"));
		}
		this.notice.events().forEach((event) -> lines.add(this.events.line(this.notice, event)));
		if (lines.isEmpty()) {
			lines.add(this.messages.text("events.none"));
		}
		return lines;
	}

	private List<String> context() {
		List<String> fields = new ArrayList<>(List.of(this.messages.text("context.time"),
				this.messages.text("context.tool", this.notice.tool()), this.messages.text("context.session")));
		if (!this.notice.machineId().equals("none")) {
			fields.add(this.messages.text("context.machine." + this.notice.machineId()));
		}
		for (String field : List.of("os", "arch", "java_version")) {
			if (this.notice.runtimeFields().contains(field)) {
				fields.add(this.messages.text("context." + field));
			}
		}
		List<String> lines = new ArrayList<>(List.of(this.messages.text("context.line", this.messages.all(fields))));
		if (!this.notice.metadata().isEmpty()) {
			lines.add(this.messages.text("context.metadata", this.messages.all(this.notice.metadata())));
		}
		lines.add(this.messages.text("context.timed"));
		return lines;
	}

	private List<String> destinations() {
		if (this.notice.destinations().isEmpty()) {
			return List.of(this.messages.text("destinations.none"));
		}
		List<String> lines = new ArrayList<>(List.of(this.messages.text("destinations.if")));
		this.notice.destinations().forEach((destination) -> lines.add(line(destination)));
		addStated(lines, "destinations.third-country", this.statements.thirdCountry());
		return lines;
	}

	private String line(NoticeDestination destination) {
		String key = isHere(destination) ? "destinations.here"
				: destination.scheme().equals("http") ? "destinations.plain" : "destinations.host";
		return this.messages.text(key, destination.host(), destination.protocol());
	}

	private static boolean isHere(NoticeDestination destination) {
		return !destination.scheme().equals(NOT_ADDRESSED) && HostName.isLoopback(destination.host());
	}

	/** Return the destinations of events: hosts, or the name of a sink without one. */
	static List<String> hosts(Notice notice) {
		Set<String> hosts = new LinkedHashSet<>();
		notice.destinations().forEach((destination) -> hosts.add(destination.host()));
		return List.copyOf(hosts);
	}

	private List<String> storage() {
		List<String> lines = new ArrayList<>();
		Map<Long, List<String>> names = retentions();
		names.entrySet()
			.stream()
			.max(Comparator.comparingInt((entry) -> entry.getValue().size()))
			.ifPresent((usual) -> {
				lines.add(this.messages.text("storage.here", time(usual.getKey())));
				names.forEach((seconds, events) -> {
					if (!seconds.equals(usual.getKey())) {
						lines.add(this.messages.text("storage.other", this.messages.all(events), time(seconds)));
					}
				});
			});
		if (names.isEmpty()) {
			lines.add(this.messages.text("storage.nothing"));
		}
		if (!this.notice.destinations().isEmpty()) {
			String stated = this.statements.recipientRetention();
			lines.add(this.messages.text("storage.there", this.messages.all(hosts(this.notice)),
					(stated != null) ? DisplayText.clause(stated) : this.messages.text("unstated")));
		}
		return lines;
	}

	private Map<Long, List<String>> retentions() {
		Map<Long, List<String>> names = new LinkedHashMap<>();
		for (NoticeEvent event : this.notice.events()) {
			names.computeIfAbsent(event.retentionSeconds(), (seconds) -> new ArrayList<>()).add(event.name());
		}
		if (this.notice.undeclared().recorded()) {
			names.computeIfAbsent(this.notice.undeclared().retentionSeconds(), (seconds) -> new ArrayList<>())
				.add(this.messages.text("storage.undeclared"));
		}
		return names;
	}

	private String time(long seconds) {
		return time(this.messages, seconds);
	}

	static String time(NoticeMessages messages, long seconds) {
		if (seconds == 0) {
			return messages.text("storage.no-log");
		}
		return (seconds == NoticeEvent.UNTIL_RESET) ? messages.text("storage.until-reset") : messages.duration(seconds);
	}

	private List<String> never() {
		List<String> lines = new ArrayList<>();
		if (!this.notice.undeclared().recorded()) {
			lines.add(this.messages.text("never.undeclared"));
		}
		lines.add(this.messages.text(this.notice.undeclared().recorded() ? "never.calls-open" : "never.calls"));
		lines.add(this.messages.text("never.secrets"));
		return lines;
	}

	private List<String> decide() {
		return List.of(this.messages.text("decide.change"), reset());
	}

	private String reset() {
		String deletion = this.notice.deletion();
		if (this.notice.destinations().isEmpty()) {
			return this.messages.text("decide.reset");
		}
		if (this.notice.machineId().equals("none")) {
			return this.messages.text("decide.anonymous");
		}
		if (deletion.equals("none")) {
			String contact = this.notice.contact();
			return (contact != null) ? this.messages.text("decide.contact", DisplayText.clause(contact))
					: this.messages.text("decide.by-hand");
		}
		if (deletion.startsWith("email ")) {
			return this.messages.text("decide.email", deletion.substring("email ".length()));
		}
		return deletion.startsWith("http ") ? this.messages.text("decide.http", deletion.substring("http ".length()))
				: this.messages.text("decide.request");
	}

}
