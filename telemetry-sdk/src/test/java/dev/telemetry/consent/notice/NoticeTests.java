package dev.telemetry.consent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.consent.NoticeDifference.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
		try (InputStream golden = getClass().getResourceAsStream("notice.json")) {
			assertThat(new String(NoticeFixture.notice().toJson(), StandardCharsets.US_ASCII))
				.isEqualTo(new String(golden.readAllBytes(), StandardCharsets.US_ASCII).strip());
		}
		assertThat(NoticeFixture.notice().hash())
			.isEqualTo("sha256:3349587dcef76cb118516b82161424cff374e6fb9d0311d000197b37a068387c");
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
		Notice notice = NoticeFixture.notice();
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
	@ValueSource(strings = { "\"v\":1|\"v\":2", "\"tool\":\"demo-app\"|\"tool\":null", "\"tool\":\"demo-app\",|",
			"\"rotating\"|\"eternal\"", "\"pii\"|\"secret\"", "\"secrets\"|\"sometimes\"", "86400|-1", "86400|1.5",
			"500000|1000001", "{\"contact\"|{ \"contact\"", "\"contact\"|\"also\":\"x\",\"contact\"",
			"order.paid|order.placed", "\"record\"|\"perhaps\"", "443|\"443\"", "demo-app|demo\\u002dapp",
			"[\"region\",\"team\"]|[\"team\",\"region\"]", "[\"arch\",\"os\"]|[[[[[[[[[]]]]]]]]]" })
	void parseWhenOneThingIsOffIsRefused(String change) {
		String[] parts = change.split("\\|", -1);
		String text = new String(NoticeFixture.notice().toJson(), StandardCharsets.US_ASCII);
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
		assertThat(some.differencesTo(all)).containsExactly(
				new NoticeDifference(Kind.WIDER, "the event order.placed is kept also where not: items > 3"));
		assertThat(all.differencesTo(some)).containsExactly(
				new NoticeDifference(Kind.NARROWER, "the event order.placed is kept only where: items > 3"));
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
	void differencesAreInPlainWords() {
		Notice later = NoticeFixture.items(new NoticeProperty("items", "number", "pii", "secrets"))
			.metadata(List.of("team"))
			.machineId("derived")
			.build();
		assertThat(NoticeFixture.notice().differencesTo(later)).containsExactly(
				new NoticeDifference(Kind.WIDER, "the identifier of the installation is 'derived', not 'rotating'"),
				new NoticeDifference(Kind.NARROWER, "region is no longer an attribute of every event"),
				new NoticeDifference(Kind.WIDER,
						"the privacy of the property items of the event order.placed is 'pii', not 'internal'"));
	}

	@Test
	void perMillionIsNeverLessThanWhatIsKept() {
		assertThat(NoticeEvent.perMillion(0)).isZero();
		assertThat(NoticeEvent.perMillion(1e-12)).isEqualTo(1);
		assertThat(NoticeEvent.perMillion(0.1)).isEqualTo(100_000);
		assertThat(NoticeEvent.perMillion(1)).isEqualTo(1_000_000);
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
