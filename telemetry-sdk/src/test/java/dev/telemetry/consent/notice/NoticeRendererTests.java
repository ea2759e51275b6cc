package dev.telemetry.consent.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link NoticeRenderer}. */
class NoticeRendererTests {

	private static final long DAY = 86_400;

	private static final NoticeDestination COLLECTOR = NoticeDestination.of("otlp",
			"https://collector.example.com/v1/logs");

	private static final List<Locale> GERMAN = List.of(Locale.GERMAN);

	@Test
	void sectionsStandInTheOrderInWhichTheyAreRead() {
		for (List<Locale> languages : List.of(List.<Locale>of(), GERMAN)) {
			NoticeText text = render(notice().build(), languages);
			assertThat(text.sections()).extracting(NoticeSection::id)
				.containsExactly("asks", "events", "context", "destinations", "storage", "never", "decide");
			assertThat(text.sections()).allSatisfy((section) -> {
				assertThat(section.heading()).isNotBlank();
				assertThat(section.lines()).isNotEmpty();
			});
		}
		assertThat(render(notice().build(), GERMAN).language()).isEqualTo("de");
	}

	@Test
	void asksSaysWhoAndWhy() {
		assertThat(lines("asks", notice().build())).containsExactly("demo-app asks to record how it is used.",
				"Responsible for the data: not stated.");
		NoticeStatements stated = new NoticeStatements("The order desk wants to become faster.",
				"https://example.com/privacy", null, null, null);
		Notice notice = notice().controller("Example Ltd.").contact("privacy@example.com").build();
		assertThat(lines("asks", notice, stated, NoticeDescriptions.NONE)).containsExactly(
				"The order desk wants to become faster.", "Responsible for the data: Example Ltd.",
				"Contact: privacy@example.com.", "Privacy policy: https://example.com/privacy");
	}

	@Test
	void eventIsOneLineWithItsPurpose() {
		EventDefinition placed = EventDefinition.builder("order.placed")
			.semantics(new EventSemantics("When an order is placed", null, null))
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER).description("Number of items.").build())
			.property(MeasuredProperty.DURATION_MS.definition().build())
			.property(MeasuredProperty.SUCCESS.definition().build())
			.property(MeasuredProperty.OUTCOME.definition().build())
			.property(MeasuredProperty.ERROR.definition().build())
			.build();
		Notice notice = notice()
			.events(List
				.of(event("See how large orders are.", property("items", "number"), property("duration_ms", "number"),
						property("success", "boolean"), property("outcome", "string"), property("error", "string"))))
			.build();
		NoticeDescriptions descriptions = NoticeDescriptions.of(List.of(placed));
		assertThat(lines("events", notice, NoticeStatements.NONE, descriptions))
			.containsExactly("When an order is placed (order.placed): number of items, duration, outcome (ok,"
					+ " error or cancelled) and class of the error. Purpose: See how large orders are.");
		assertThat(section("events", render(notice, NoticeStatements.NONE, descriptions, GERMAN)).lines())
			.containsExactly("When an order is placed (order.placed): number of items, Dauer, Ausgang (ok,"
					+ " error oder cancelled) und Klasse des Fehlers. Zweck: See how large orders are.");
	}

	@Test
	void attributeOfACallerIsNotTakenForAMeasuredOne() {
		Notice notice = notice().events(List.of(event(null, property("error", "string")))).build();
		assertThat(lines("events", notice)).containsExactly("order.placed: error. Purpose: not stated.");
	}

	@Test
	void eventWithoutPropertiesSaysSo() {
		assertThat(lines("events", notice().events(List.of(event(null))).build()))
			.containsExactly("order.placed: only that it happened. Purpose: not stated.");
	}

	@Test
	void undeclaredEventsThatAreRecordedStandFirst() {
		Notice notice = notice().undeclared(new NoticeUndeclared(true, 30 * DAY))
			.events(List.of(event("See it")))
			.build();
		assertThat(lines("events", notice)).hasSize(2)
			.first()
			.isEqualTo("Everything the application records, even what is not listed here.");
		assertThat(lines("never", notice)).noneMatch((line) -> line.contains("not listed"))
			.first()
			.isEqualTo("Arguments, results and error messages, unless the application records them itself.");
		assertThat(lines("never", notice().build())).startsWith("Anything that is not listed here.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "value|pii|customer (masked: only that there is a value) (personal)",
					"hash|pii|a pseudonym of customer (personal)", "secrets|internal|customer",
					"hash|sensitive|a pseudonym of customer (sensitive)", "drop|pii|",
					"none|public|customer (secrets in it are not removed)" })
	void redactionIsNamedWhereItMatters(String redaction, String privacy, @Nullable String phrase) {
		Notice notice = notice()
			.events(List.of(event("See it", new NoticeProperty("customer", "string", privacy, redaction))))
			.build();
		assertThat(lines("events", notice)).containsExactly(
				"order.placed: " + ((phrase != null) ? phrase : "only that it happened") + ". Purpose: See it.");
	}

	@Test
	void valuesAndBoundsAreNamed() {
		assertThat(phrase(limited(List.of("a", "b", "c"), null, null))).isEqualTo("size (a, b or c)");
		assertThat(phrase(limited(List.of("1", "2", "3", "4", "5", "6", "7"), null, null)))
			.isEqualTo("size (one of 7 fixed values)");
		assertThat(phrase(limited(List.of(), "0", "1000"))).isEqualTo("size (0 to 1,000)");
		assertThat(phrase(limited(List.of(), "0.5", null))).isEqualTo("size (0.5 or more)");
		assertThat(phrase(limited(List.of(), null, "10"))).isEqualTo("size (10 or less)");
		assertThat(phrase(NoticeProperty.bucket("size", "number", "internal", 10)))
			.isEqualTo("size (rounded down to multiples of 10)");
	}

	@Test
	void samplingConditionsDestinationsAndExpiryAreNamedWhereTheyMatter() {
		NoticeEvent sampled = new NoticeEvent("order.placed", 1, "See it", List.of(), 125_000, 30 * DAY,
				List.of("duration_ms > 1000"), "pii", List.of("otlp"), LocalDate.of(2027, 1, 31));
		String line = "order.placed: only that it happened. Purpose: See it. This is personal data."
				+ " Recorded in 12.5 % of cases. Recorded only where duration_ms > 1000.%s Recorded until 31 Jan 2027.";
		assertThat(lines("events", notice().events(List.of(sampled)).build())).containsExactly(line.replace("%s", ""));
		Notice sending = notice().events(List.of(sampled)).destinations(List.of(COLLECTOR)).build();
		assertThat(lines("events", sending)).containsExactly(line.replace("%s", " Sent only to otlp."));
		assertThat(section("events", render(sending, GERMAN)).lines()).singleElement()
			.asString()
			.contains("in 12,5 % der Fälle", "bis 31. Januar 2027");
	}

	@Test
	void contextNamesWhatEveryEventHas() {
		Notice notice = notice().machineId("derived")
			.runtimeFields(List.of("os", "arch", "java_version"))
			.metadata(List.of("team", "region"))
			.build();
		assertThat(lines("context", notice)).containsExactly(
				"Time, name and version of demo-app, a random session number, an installation"
						+ " identifier derived from this machine, operating system family, processor architecture and"
						+ " Java version.",
				"Set by the operator: region and team.", "Timed actions: duration and outcome.");
		assertThat(lines("context", notice().build()).get(0)).doesNotContain("installation", "Java");
		assertThat(lines("context", notice().machineId("rotating").build()).get(0)).contains("a reset replaces it");
	}

	@Test
	void destinationsAreHostNames() {
		assertThat(lines("destinations", notice().build())).containsExactly("Nowhere. It stays on this machine.");
		Notice notice = notice().destinations(List.of(COLLECTOR,
				NoticeDestination.of("http", "http://plain.example.com/in"),
				NoticeDestination.of("kafka", "http://127.0.0.1:9092"), NoticeDestination.of("own", "the audit log")))
			.build();
		NoticeStatements stated = new NoticeStatements(null, null, "90 days", "to the USA, by standard clauses", null);
		assertThat(lines("destinations", notice, stated, NoticeDescriptions.NONE)).containsExactly(
				"Only if you allow sending:", "plain.example.com (http, not encrypted)",
				"127.0.0.1 (kafka, this machine)", "collector.example.com (otlp)", "the audit log (own)",
				"Transfer to a third country: to the USA, by standard clauses.");
		assertThat(lines("storage", notice, stated, NoticeDescriptions.NONE))
			.contains("At plain.example.com, 127.0.0.1, collector.example.com and the audit log: 90 days.");
	}

	@Test
	void storageSaysHowLongHereAndThere() {
		NoticeEvent archived = new NoticeEvent("a.archived", 1, null, List.of(), 1, NoticeEvent.UNTIL_RESET);
		NoticeEvent hourly = new NoticeEvent("b.brief", 1, null, List.of(), 1, 5_400);
		Notice notice = notice()
			.events(List.of(archived, hourly, event(null), new NoticeEvent("z", 1, null, List.of(), 1, 30 * DAY)))
			.destinations(List.of(COLLECTOR))
			.build();
		assertThat(lines("storage", notice)).containsExactly("On this machine: 30 days.",
				"On this machine, a.archived: until a reset.", "On this machine, b.brief: 90 minutes.",
				"At collector.example.com: not stated.");
		assertThat(lines("storage", notice().build())).containsExactly("On this machine: nothing is recorded.");
		Notice unlogged = notice().undeclared(new NoticeUndeclared(true, 0)).build();
		assertThat(lines("storage", unlogged)).containsExactly("On this machine: not in a log.");
		Notice day = notice().undeclared(new NoticeUndeclared(true, DAY)).build();
		assertThat(section("storage", render(day, GERMAN)).lines()).containsExactly("Auf diesem Rechner: 1 Tag.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "none||How to have deleted what was sent is not stated.",
					"none|privacy@example.com|For what was sent, ask privacy@example.com.",
					"http https://delete.example.com||requests deletion from https://delete.example.com.",
					"email privacy@example.com||prepares a request to privacy@example.com.",
					"event||requests deletion of what was sent.",
					"com.example.Requestor||requests deletion of what was sent." })
	void decideSaysHowToHaveDataDeleted(String channel, @Nullable String contact, String end) {
		Notice notice = notice().machineId("rotating")
			.destinations(List.of(COLLECTOR))
			.deletion(channel)
			.contact(contact)
			.build();
		assertThat(lines("decide", notice)).hasSize(2)
			.last()
			.asString()
			.startsWith("--telemetry.command=reset also deletes what is stored here")
			.endsWith(end);
	}

	@Test
	void decideWithoutIdentifierOrDestinationPromisesNoRequest() {
		assertThat(lines("decide", notice().deletion("event").build()).get(1))
			.isEqualTo("--telemetry.command=reset also deletes what is stored here.");
		assertThat(lines("decide", notice().deletion("event").destinations(List.of(COLLECTOR)).build()).get(1))
			.endsWith("What was sent has no identifier by which it could be found.");
	}

	@Test
	void statedLanguageIsThatOfAllReaders() {
		NoticeStatements german = new NoticeStatements(null, null, null, null, Locale.GERMAN);
		assertThat(render(notice().build(), german, NoticeDescriptions.NONE, List.of(Locale.ENGLISH)).language())
			.isEqualTo("de");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "a\nb\r\nc\u2028d\u2029e\u0085f", "\u202egnp.exe\u2066\u2069",
			"\u001b[31mred\u0007\u0000", "it's {0} '{1}' \\u0041", "\ud800x\udc00", "zero\u200bwidth\ufeff" })
	void hostileTextIsOneLineOfPlainText(String hostile) {
		String shown = DisplayText.line(hostile);
		NoticeProperty property = new NoticeProperty("size", "string", "internal", "secrets", null, false,
				List.of(hostile), null, null);
		Notice notice = Notice.builder(hostile)
			.controller(hostile)
			.contact(hostile)
			.metadata(List.of(hostile))
			.machineId("rotating")
			.deletion("email " + hostile)
			.destinations(List.of(NoticeDestination.of("own", hostile)))
			.events(List.of(new NoticeEvent("order.placed", 1, hostile, List.of(property), 1, DAY, List.of(hostile),
					"internal", List.of(hostile), null)))
			.build();
		NoticeStatements stated = new NoticeStatements(hostile, hostile, hostile, hostile, null);
		for (List<Locale> languages : List.of(List.<Locale>of(), GERMAN)) {
			NoticeText text = render(notice, stated, NoticeDescriptions.NONE, languages);
			assertThat(text.lines()).allSatisfy(NoticeRendererTests::assertPlainLine);
			for (String id : List.of("asks", "events", "context", "destinations", "storage", "decide")) {
				assertThat(section(id, text).lines()).as(id).anyMatch((line) -> line.contains(shown));
			}
			assertPlainLine(renderer(stated).prompt(notice, languages).question());
			assertThat(renderer(stated).changes(Notice.builder("demo-app").build(), notice, null,
					NoticeDescriptions.NONE, languages))
				.allSatisfy(NoticeRendererTests::assertPlainLine)
				.anyMatch((line) -> line.contains(shown));
		}
	}

	private static void assertPlainLine(String line) {
		assertThat(line.codePoints().filter((point) -> switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		})).as(line).isEmpty();
	}

	@Test
	void textOf512CharactersIsShownWhole() {
		String purpose = "x".repeat(512);
		assertThat(lines("events", notice().events(List.of(event(purpose))).build())).singleElement()
			.asString()
			.endsWith("Purpose: " + purpose + ".");
	}

	@Test
	void changesSayWhatIsNewAndSinceWhen() {
		Notice before = notice().metadata(List.of("team")).build();
		Notice today = notice().metadata(List.of("team", "region"))
			.controller("Example Ltd")
			.machineId("rotating")
			.runtimeFields(List.of("os"))
			.destinations(List.of(COLLECTOR))
			.events(List.of(new NoticeEvent("report.built", 1, "See how long reports take", List.of(), 1_000_000, DAY)))
			.build();
		Instant then = Instant.parse("2026-11-21T23:59:59Z");
		assertThat(renderer(NoticeStatements.NONE).changes(before, today, then, NoticeDescriptions.NONE, List.of()))
			.containsExactly("New since you agreed on 21 Nov 2026: responsible for the data: Example Ltd.",
					"New since you agreed on 21 Nov 2026: events go to collector.example.com (otlp).",
					"New since you agreed on 21 Nov 2026: an installation identifier (a reset replaces it).",
					"New since you agreed on 21 Nov 2026: region with each event.",
					"New since you agreed on 21 Nov 2026: operating system family with each event.",
					"New since you agreed on 21 Nov 2026: the event report.built (purpose: See how long reports take).");
		assertThat(renderer(NoticeStatements.NONE).changes(before, today, then, NoticeDescriptions.NONE, GERMAN)).last()
			.isEqualTo("Neu seit Ihrer Zustimmung vom 21. November 2026: das Ereignis report.built (Zweck: See how long"
					+ " reports take).");
	}

	@Test
	void everyWideningOfAnEventHasASentence() {
		NoticeProperty narrow = new NoticeProperty("size", "number", "internal", "bucket", "10", true, List.of(), "1",
				"9");
		NoticeProperty wide = new NoticeProperty("size", "json", "pii", "secrets", null, false, List.of(), null, null);
		NoticeProperty chosen = new NoticeProperty("kind", "string", "public", "secrets", null, false, List.of("a"),
				null, null);
		NoticeProperty free = new NoticeProperty("kind", "string", "public", "secrets", null, false, List.of("a", "b"),
				null, null);
		Notice before = notice()
			.events(List.of(new NoticeEvent("order.placed", 1, "See it", List.of(narrow, chosen), 1, DAY,
					List.of("size > 1"), "public", List.of("otlp"), LocalDate.of(2027, 1, 1))))
			.build();
		Notice today = notice().undeclared(new NoticeUndeclared(true, DAY))
			.deletion("event")
			.events(List
				.of(new NoticeEvent("order.placed", 1, "Sell it", List.of(wide, free, property("more", "string")),
						500_000, 2 * DAY, List.of(), "pii", List.of(), null)))
			.build();
		List<String> changes = renderer(NoticeStatements.NONE).changes(before, today, null, NoticeDescriptions.NONE,
				List.of());
		long widenings = before.differencesTo(today).stream().filter((one) -> one.widens()).count();
		assertThat(changes).hasSize((int) widenings)
			.allSatisfy((line) -> assertThat(line).startsWith("New since you agreed: ").doesNotContain("{"))
			.contains("New since you agreed: another purpose of the event order.placed: Sell it.",
					"New since you agreed: in the event order.placed, more values: kind (a or b).",
					"New since you agreed: in the event order.placed: more.",
					"New since you agreed: the event order.placed is recorded in 50 % of cases.",
					"New since you agreed: the event order.placed goes to all destinations.");
	}

	@Test
	void changesWhenNothingIsNewOrNothingIsKnown() {
		Instant then = Instant.parse("2026-11-21T03:00:00Z");
		Notice today = notice().build();
		assertThat(renderer(NoticeStatements.NONE).changes(today, today, then, NoticeDescriptions.NONE, List.of()))
			.containsExactly("Nothing is new since you agreed on 21 Nov 2026, but the consent has expired.");
		assertThat(renderer(NoticeStatements.NONE).changes(null, today, then, NoticeDescriptions.NONE, List.of()))
			.containsExactly("What is new since you agreed on 21 Nov 2026 cannot be shown, because that notice is no"
					+ " longer stored here.");
	}

	@Test
	void questionNamesTheHostsOrOnlyThisMachine() {
		Notice sending = notice()
			.destinations(List.of(COLLECTOR, NoticeDestination.of("http", "https://in.example.com")))
			.build();
		assertThat(renderer(NoticeStatements.NONE).prompt(sending, List.of()).question())
			.isEqualTo("Allow? [N] no · [l] only on this machine · [y] and send to in.example.com and"
					+ " collector.example.com · [v] example events");
		assertThat(renderer(NoticeStatements.NONE).prompt(notice().build(), List.of()).question())
			.isEqualTo("Allow? [N] no · [l] only on this machine · [v] example events");
	}

	private static Notice.Builder notice() {
		return Notice.builder("demo-app");
	}

	private static NoticeEvent event(@Nullable String purpose, NoticeProperty... properties) {
		return new NoticeEvent("order.placed", 1, purpose, List.of(properties), 1_000_000, 30 * DAY, List.of(),
				"internal", List.of(), null);
	}

	private static NoticeProperty property(String name, String type) {
		return new NoticeProperty(name, type, "internal", "secrets");
	}

	private static NoticeProperty limited(List<String> values, @Nullable String min, @Nullable String max) {
		return new NoticeProperty("size", values.isEmpty() ? "number" : "string", "internal", "secrets", null, false,
				values, min, max);
	}

	private static String phrase(NoticeProperty property) {
		String line = lines("events", notice().events(List.of(event("See it", property))).build()).get(0);
		return line.substring("order.placed: ".length(), line.indexOf(". Purpose"));
	}

	private static List<String> lines(String id, Notice notice) {
		return lines(id, notice, NoticeStatements.NONE, NoticeDescriptions.NONE);
	}

	private static List<String> lines(String id, Notice notice, NoticeStatements statements,
			NoticeDescriptions descriptions) {
		return section(id, render(notice, statements, descriptions, List.of())).lines();
	}

	private static NoticeSection section(String id, NoticeText text) {
		return text.sections().stream().filter((section) -> section.id().equals(id)).findFirst().orElseThrow();
	}

	private static NoticeText render(Notice notice, List<Locale> languages) {
		return render(notice, NoticeStatements.NONE, NoticeDescriptions.NONE, languages);
	}

	private static NoticeText render(Notice notice, NoticeStatements statements, NoticeDescriptions descriptions,
			List<Locale> languages) {
		return renderer(statements).render(notice, descriptions, languages);
	}

	private static NoticeRenderer renderer(NoticeStatements statements) {
		return new NoticeRenderer(new NoticeLanguages(NoticeRendererTests.class.getClassLoader(), (problem) -> {
		}), statements);
	}

}
