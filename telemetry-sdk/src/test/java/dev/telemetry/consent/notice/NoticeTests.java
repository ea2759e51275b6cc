package dev.telemetry.consent.notice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The form of a {@link Notice} and what it covers. */
class NoticeTests {

	@Test
	void textIsCanonicalAndNeverChanges() throws IOException {
		assertThat(new String(NoticeFixture.full().toJson(), StandardCharsets.US_ASCII))
			.isEqualTo(golden("notice-v2.json"));
		assertThat(NoticeFixture.full().hash())
			.isEqualTo("sha256:c11463aad865ba4605f58b925db7478580cbcd09d69f3498093ac9dc7d35f27f");
	}

	@Test
	void textOfTheFirstFormatIsReadForGoodUnderItsOwnHash() throws IOException {
		String text = golden("notice-v1.json");
		Notice first = Notice.parse(text.getBytes(StandardCharsets.US_ASCII));
		assertThat(first.isInFirstFormat()).isTrue();
		assertThat(first.hash()).isEqualTo("sha256:3349587dcef76cb118516b82161424cff374e6fb9d0311d000197b37a068387c");
		assertThat(new String(first.toJson(), StandardCharsets.US_ASCII)).isEqualTo(text);
		assertThat(first.inFirstFormat()).isSameAs(first);
	}

	@Test
	void inFirstFormatIsWhatAnEarlierVersionWouldHaveWritten() throws IOException {
		for (Notice notice : List.of(NoticeFixture.notice(), NoticeFixture.full())) {
			Notice first = notice.inFirstFormat();
			assertThat(new String(first.toJson(), StandardCharsets.US_ASCII)).isEqualTo(golden("notice-v1.json"));
			assertThat(first.covers(notice)).isTrue();
			assertThat(notice.isInFirstFormat()).isFalse();
		}
	}

	@Test
	void firstFormatLeavesOpenWhatItDoesNotSay() {
		Notice first = NoticeFixture.full().inFirstFormat();
		assertThat(first.covers(NoticeFixture.notice())).isTrue();
		assertThat(NoticeFixture.full().covers(NoticeFixture.notice())).isFalse();
		assertThat(first.differencesTo(NoticeFixture.full())).extracting(NoticeDifference::kind)
			.containsOnly(Kind.NARROWER, Kind.REWORDED);
		assertThat(first.covers(NoticeFixture.builder().metadata(List.of("team", "region", "shift")).build()))
			.isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"contact\"|\"controller\":\"Example Ltd\",\"contact\"",
			"\"type\":\"number\"|\"type\":\"number\",\"values\":[]",
			"\"type\":\"string\"}|\"type\":\"string\",\"values\":[\"a\"]}",
			"\"privacy\":\"internal\",\"redaction\"|\"privacy\":\"internal\",\"required\":true,\"redaction\"",
			"\"version\":1}]|\"privacy\":\"internal\",\"version\":1}]", "\"v\":1|\"v\":2", "\"v\":1|\"v\":3" })
	void parseWhenAFormatSaysWhatItCannotIsRefused(String change) throws IOException {
		String[] parts = change.split("\\|", -1);
		String text = golden("notice-v1.json");
		String changed = text.replace(parts[0], parts[1]);
		assertThat(changed).isNotEqualTo(text);
		assertThatIOException().isThrownBy(() -> Notice.parse(changed.getBytes(StandardCharsets.US_ASCII)));
	}

	private String golden(String name) throws IOException {
		try (InputStream golden = getClass().getResourceAsStream(name)) {
			return new String(golden.readAllBytes(), StandardCharsets.US_ASCII).strip();
		}
	}

	@Test
	void hashWhenOrderDiffersIsTheSame() {
		NoticeEvent placed = new NoticeEvent("order.placed", 1, "to see what sells",
				List.of(NoticeFixture.CUSTOMER, NoticeFixture.ITEMS), 500_000, 86_400);
		Notice other = NoticeFixture.builder()
			.events(List.of(NoticeFixture.PAID, placed))
			.metadata(List.of("region", "team"))
			.runtimeFields(List.of("arch", "os"))
			.build();
		assertThat(other.hash()).isEqualTo(NoticeFixture.notice().hash());
		assertThat(other).isEqualTo(NoticeFixture.notice());
	}

	@Test
	void textIsPrintableAscii() throws IOException {
		Notice notice = NoticeFixture.builder().contact("\u00e4\n\u2028\"\ud83d\ude00\u007f").build();
		assertThat(new String(notice.toJson(), StandardCharsets.ISO_8859_1).replace("\u007f", "")).matches("[ -~]+")
			.doesNotContain(": ", ", ");
		assertThat(Notice.parse(notice.toJson()).contact()).isEqualTo(notice.contact());
	}

	@Test
	void parseGivesTheSameNotice() throws IOException {
		Notice notice = NoticeFixture.full();
		Notice parsed = Notice.parse(notice.toJson());
		assertThat(parsed).isEqualTo(notice);
		assertThat(parsed.events()).isEqualTo(notice.events());
		assertThat(parsed.differencesTo(notice)).isEmpty();
		Notice bare = Notice.builder("demo-app").build();
		assertThat(Notice.parse(bare.toJson())).isEqualTo(bare);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "null", "{\"v\":1}", "not json" })
	void parseWhenItIsSomethingElseIsRefused(String text) {
		assertThatIOException().isThrownBy(() -> Notice.parse(text.getBytes(StandardCharsets.UTF_8)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"v\":2|\"v\":1", "\"v\":2|\"v\":3", "\"tool\":\"demo-app\"|\"tool\":null",
			"\"tool\":\"demo-app\",|", "\"rotating\"|\"eternal\"", "\"pii\"|\"secret\"", "\"secrets\"|\"sometimes\"",
			"86400|-1", "86400|1.5", "500000|1000001", "{\"contact\"|{ \"contact\"",
			"\"contact\"|\"also\":\"x\",\"contact\"", "order.paid|order.placed", "\"record\"|\"perhaps\"",
			"443|\"443\"", "demo-app|demo\\u002dapp", "[\"region\",\"team\"]|[\"team\",\"region\"]",
			"2027-12-31|2027-12-32", "\"-0.5\"|\"-0.50\"", "\"100\"|\"1e2\"", "\"100\"|100",
			"\"required\":true|\"required\":false", "\"required\":true|\"required\":\"true\"",
			"[\"known\",\"new\"]|[\"new\",\"known\"]", "[\"known\",\"new\"]|[]",
			"[\"http\",\"otlp\"]|[\"otlp\",\"http\"]", "\"privacy\":\"internal\",\"properties\"|\"properties\"",
			"[\"arch\",\"os\"]|[[[[[[[[[]]]]]]]]]" })
	void parseWhenOneThingIsOffIsRefused(String change) {
		String[] parts = change.split("\\|", -1);
		String text = new String(NoticeFixture.full().toJson(), StandardCharsets.US_ASCII);
		String changed = text.replace(parts[0], parts[1]);
		assertThat(changed).isNotEqualTo(text);
		assertThatIOException().isThrownBy(() -> Notice.parse(changed.getBytes(StandardCharsets.US_ASCII)));
	}

	@Test
	void toMapShowsTheRuleForUndeclaredEventsFirst() {
		assertThat(NoticeFixture.notice().toMap().keySet()).startsWith("undeclared", "tool").contains("events", "v");
	}

	@Test
	void buildWhenANameIsThereTwiceThrows() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> NoticeFixture.builder().events(List.of(NoticeFixture.PAID, NoticeFixture.PAID)).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new NoticeEvent("a", 1, null, List.of(NoticeFixture.ITEMS, NoticeFixture.ITEMS), 1, 1));
	}

	/**
	 * Each dimension, from narrow to wide: what comes later is not covered by what comes
	 * before.
	 */
	static Stream<Arguments> dimensions() {
		return Stream.of(
				arguments("undeclared",
						List.of(NoticeFixture.builder().undeclared(NoticeUndeclared.DROPPED).build(),
								NoticeFixture.builder().undeclared(new NoticeUndeclared(true, 0)).build(),
								NoticeFixture.notice(),
								NoticeFixture.builder().undeclared(new NoticeUndeclared(true, 86_401)).build())),
				arguments("events", List.of(NoticeFixture.builder().events(List.of()).build(),
						NoticeFixture.builder().events(List.of(NoticeFixture.PLACED)).build(), NoticeFixture.notice(),
						NoticeFixture.builder()
							.events(List.of(NoticeFixture.PLACED, NoticeFixture.PAID,
									new NoticeEvent("order.sent", 1, null, List.of(), 1, 1)))
							.build())),
				arguments("properties",
						List.of(NoticeFixture.placed(withProperties()).build(),
								NoticeFixture.placed(withProperties(NoticeFixture.ITEMS)).build(),
								NoticeFixture.notice(),
								NoticeFixture.placed(withProperties(NoticeFixture.ITEMS, NoticeFixture.CUSTOMER,
										new NoticeProperty("coupon", "string", "public", "value")))
									.build())),
				arguments("privacy", Stream.of("public", "internal", "pii", "sensitive")
					.map((word) -> NoticeFixture.items(new NoticeProperty("items", "number", word, "secrets")).build())
					.toList()),
				arguments("redaction", Stream.of("drop", "value", "hash", "secrets", "none")
					.map((word) -> NoticeFixture.items(new NoticeProperty("items", "number", "internal", word)).build())
					.toList()),
				arguments("buckets",
						Stream
							.of(new NoticeProperty("items", "number", "internal", "hash"),
									NoticeProperty.bucket("items", "number", "internal", 20),
									NoticeProperty.bucket("items", "number", "internal", 10),
									NoticeProperty.bucket("items", "number", "internal", 0.5),
									new NoticeProperty("items", "number", "internal", "secrets"))
							.map((property) -> NoticeFixture.items(property).build())
							.toList()),
				arguments("values",
						Stream.of(List.of("a"), List.of("a", "b"), List.<String>of())
							.map((values) -> NoticeFixture
								.items(new NoticeProperty("items", "string", "internal", "secrets", null, false, values,
										null, null))
								.build())
							.toList()),
				arguments("min",
						Stream.of("100", "99.5", "0", "-0.5", "-1000", null)
							.map((min) -> NoticeFixture.items(bounded(min, null)).build())
							.toList()),
				arguments("max",
						Stream.of("-1000", "-0.5", "0", "9.5", "10", null)
							.map((max) -> NoticeFixture.items(bounded(null, max)).build())
							.toList()),
				arguments("required",
						Stream.of(true, false)
							.map((required) -> NoticeFixture
								.items(new NoticeProperty("items", "number", "internal", "secrets", null, required,
										List.of(), null, null))
								.build())
							.toList()),
				arguments("privacy of the event", Stream.of("public", "internal", "pii", "sensitive")
					.map((privacy) -> NoticeFixture.placed(NoticeFixture.PLACED.with(privacy, List.of(), null)).build())
					.toList()),
				arguments("receivers", Stream.of(List.of("otlp"), List.of("otlp", "http"), List.<String>of())
					.map((receivers) -> NoticeFixture.placed(NoticeFixture.PLACED.with("internal", receivers, null))
						.build())
					.toList()),
				arguments("expiry", Stream.of(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(1), null)
					.map((day) -> NoticeFixture.placed(NoticeFixture.PLACED.with("internal", List.of(), day)).build())
					.toList()),
				arguments("sampling",
						Stream.of(0, 1, 500_000, 1_000_000)
							.map((rate) -> NoticeFixture.placed(withSampling(rate)).build())
							.toList()),
				arguments("retention",
						Stream.of(0, 1, 86_400, 86_401)
							.map((seconds) -> NoticeFixture.placed(withRetention(seconds)).build())
							.toList()),
				arguments("metadata",
						Stream
							.of(List.<String>of(), List.of("team"), List.of("team", "region"),
									List.of("team", "region", "shift"))
							.map((keys) -> NoticeFixture.builder().metadata(keys).build())
							.toList()),
				arguments("runtime fields",
						Stream.of(List.<String>of(), List.of("os"), List.of("os", "arch"))
							.map((names) -> NoticeFixture.builder().runtimeFields(names).build())
							.toList()),
				arguments("id mode",
						Stream.of("none", "rotating", "derived")
							.map((mode) -> NoticeFixture.builder().machineId(mode).build())
							.toList()),
				arguments("destinations",
						Stream
							.of(List.<NoticeDestination>of(), List.of(NoticeFixture.COLLECTOR),
									List.of(NoticeFixture.COLLECTOR,
											new NoticeDestination("http", "https", "b.example.com", 443)))
							.map((all) -> NoticeFixture.builder().destinations(all).build())
							.toList()),
				arguments("scheme", List.of(NoticeFixture.notice(),
						destination(new NoticeDestination("otlp", "http", "collector.example.com", 80)))));
	}

	@ParameterizedTest
	@MethodSource("dimensions")
	void coversWhenOneDimensionDiffersIsItsOrder(String dimension, List<Notice> fromNarrowToWide) {
		for (int i = 0; i < fromNarrowToWide.size(); i++) {
			for (int j = 0; j < fromNarrowToWide.size(); j++) {
				Notice agreed = fromNarrowToWide.get(i);
				Notice today = fromNarrowToWide.get(j);
				assertThat(agreed.covers(today)).as(dimension + ": " + i + " covers " + j).isEqualTo(j <= i);
				assertThat(agreed.differencesTo(today).isEmpty()).isEqualTo(i == j);
				assertThat(agreed.hash().equals(today.hash())).isEqualTo(i == j);
			}
		}
	}

	@Test
	void coversIsTransitiveAcrossDimensions() {
		List<?> all = dimensions().flatMap((dimension) -> ((List<?>) dimension.get()[1]).stream()).toList();
		int chains = 0;
		for (Object a : all) {
			for (Object b : all) {
				for (Object c : ((Notice) a).covers((Notice) b) ? all : List.of()) {
					if (((Notice) b).covers((Notice) c)) {
						chains++;
						assertThat(((Notice) a).covers((Notice) c)).isTrue();
					}
				}
			}
		}
		assertThat(chains).isGreaterThan(1000);
	}

	/** What is neither more nor less: to change it either way needs a new yes. */
	static Stream<Arguments> identities() {
		return Stream.of(arguments("purpose", NoticeFixture.placed(withPurpose("to sell more")).build()),
				arguments("no purpose", NoticeFixture.placed(withPurpose(null)).build()),
				arguments("type",
						NoticeFixture.items(new NoticeProperty("items", "string", "internal", "secrets")).build()),
				arguments("deletion", NoticeFixture.builder().deletion("none").build()),
				arguments("host", destination(new NoticeDestination("otlp", "https", "b.example.com", 443))),
				arguments("port", destination(new NoticeDestination("otlp", "https", "collector.example.com", 8443))),
				arguments("protocol",
						destination(new NoticeDestination("http", "https", "collector.example.com", 443))),
				arguments("controller", NoticeFixture.builder().controller("Example Ltd").build()),
				arguments("tool", Notice.builder("other").build()));
	}

	@ParameterizedTest
	@MethodSource("identities")
	void coversWhenSomethingElseIsSaidIsFalseBothWays(String what, Notice other) {
		Notice mine = what.equals("tool") ? Notice.builder("demo-app").build() : NoticeFixture.notice();
		assertThat(mine.covers(other)).as(what).isFalse();
		assertThat(other.covers(mine)).as(what).isFalse();
	}

	@Test
	void coversWhenAConditionIsAddedIsTrueAndFalseTheOtherWay() {
		Notice all = NoticeFixture.notice();
		Notice some = NoticeFixture
			.placed(new NoticeEvent("order.placed", 1, "to see what sells", NoticeFixture.PLACED.properties(), 500_000,
					86_400, List.of("items > 3")))
			.build();
		assertThat(all.covers(some)).isTrue();
		assertThat(some.covers(all)).isFalse();
		assertThat(some.differencesTo(all)).containsExactly(new NoticeDifference(Kind.WIDER, NoticeDimension.CONDITION,
				"order.placed", "", "the event order.placed is kept also where not: items > 3"));
		assertThat(all.differencesTo(some)).containsExactly(new NoticeDifference(Kind.NARROWER,
				NoticeDimension.CONDITION, "order.placed", "", "the event order.placed is kept only where: items > 3"));
	}

	@Test
	void coversWhenOnlyRewordedIsTrueBothWays() {
		Notice notice = NoticeFixture.notice();
		Notice contact = NoticeFixture.builder().contact(null).build();
		Notice version = NoticeFixture
			.placed(new NoticeEvent("order.placed", 2, "to see what sells", NoticeFixture.PLACED.properties(), 500_000,
					86_400))
			.build();
		for (Notice other : List.of(contact, version)) {
			assertThat(other.hash()).isNotEqualTo(notice.hash());
			assertThat(notice.covers(other)).isTrue();
			assertThat(other.covers(notice)).isTrue();
			assertThat(notice.differencesTo(other)).extracting(NoticeDifference::kind).containsExactly(Kind.REWORDED);
		}
	}

	@Test
	void coversWhenAControllerIsReplacedIsFalse() {
		Notice one = NoticeFixture.builder().controller("Example Ltd").build();
		Notice other = NoticeFixture.builder().controller("Another Ltd").build();
		assertThat(one.covers(other)).isFalse();
		assertThat(one.inFirstFormat().covers(other)).as("the first format states none").isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "http, localhost, 4318, http, 127.0.0.1, 49152", "http, [::1], 4318, http, 127.8.9.1, 80",
			"https, LocalHost, 443, http, localhost, 8080", "http, [0:0:0:0:0:0:0:1], 80, http, [::1], 81" })
	void coversWhenDestinationsAreOnThisMachineComparesTheirProtocol(String scheme, String host, int port,
			String otherScheme, String otherHost, int otherPort) {
		Notice one = destination(new NoticeDestination("otlp", scheme, host, port));
		Notice other = destination(new NoticeDestination("otlp", otherScheme, otherHost, otherPort));
		assertThat(one.covers(other)).isTrue();
		assertThat(other.covers(one)).isTrue();
		assertThat(one.differencesTo(other)).extracting(NoticeDifference::kind).containsExactly(Kind.REWORDED);
		Notice another = destination(new NoticeDestination("http", otherScheme, otherHost, otherPort));
		assertThat(one.covers(another)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "http, localhost.example.com", "http, 128.0.0.1", "http, 127.0.0.1.example.com", "sink, localhost",
			"http, [::2]", "http, 10.0.0.1" })
	void coversWhenADestinationOnlyLooksLikeThisMachineIsFalse(String scheme, String host) {
		Notice here = destination(new NoticeDestination("otlp", "http", "127.0.0.1", 4318));
		Notice there = destination(new NoticeDestination("otlp", scheme, host, 4318));
		assertThat(here.covers(there)).isFalse();
		assertThat(there.covers(here)).isFalse();
	}

	@Test
	void differencesAreInPlainWords() {
		Notice later = NoticeFixture.items(new NoticeProperty("items", "number", "pii", "secrets"))
			.metadata(List.of("team"))
			.machineId("derived")
			.build();
		assertThat(NoticeFixture.notice().differencesTo(later)).containsExactly(
				new NoticeDifference(Kind.WIDER, NoticeDimension.MACHINE_ID, "", "",
						"the identifier of the installation is 'derived', not 'rotating'"),
				new NoticeDifference(Kind.NARROWER, NoticeDimension.METADATA, "", "",
						"region is no longer an attribute of every event"),
				new NoticeDifference(Kind.WIDER, NoticeDimension.PRIVACY, "order.placed", "items",
						"the privacy of the property items of the event order.placed is 'pii', not 'internal'"));
	}

	@Test
	void perMillionIsNeverLessThanWhatIsKept() {
		assertThat(NoticeEvent.perMillion(0)).isZero();
		assertThat(NoticeEvent.perMillion(1e-12)).isEqualTo(1);
		assertThat(NoticeEvent.perMillion(0.1)).isEqualTo(100_000);
		assertThat(NoticeEvent.perMillion(1)).isEqualTo(1_000_000);
	}

	private static NoticeProperty bounded(String min, String max) {
		return new NoticeProperty("items", "number", "internal", "secrets", null, false, List.of(), min, max);
	}

	private static Notice destination(NoticeDestination destination) {
		return NoticeFixture.builder().destinations(List.of(destination)).build();
	}

	private static NoticeEvent withProperties(NoticeProperty... properties) {
		return new NoticeEvent("order.placed", 1, "to see what sells", List.of(properties), 500_000, 86_400);
	}

	private static NoticeEvent withSampling(long perMillion) {
		return new NoticeEvent("order.placed", 1, "to see what sells", NoticeFixture.PLACED.properties(), perMillion,
				86_400);
	}

	private static NoticeEvent withRetention(long seconds) {
		return new NoticeEvent("order.placed", 1, "to see what sells", NoticeFixture.PLACED.properties(), 500_000,
				seconds);
	}

	private static NoticeEvent withPurpose(String purpose) {
		return new NoticeEvent("order.placed", 1, purpose, NoticeFixture.PLACED.properties(), 500_000, 86_400);
	}

}
