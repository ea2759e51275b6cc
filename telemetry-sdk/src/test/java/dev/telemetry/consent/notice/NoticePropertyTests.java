package dev.telemetry.consent.notice;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What holds for {@link Notice#covers} whatever the notices: it is an order. */
class NoticePropertyTests {

	@Property
	void coversItself(@ForAll("notices") Notice notice) throws IOException {
		assertThat(notice.covers(notice)).isTrue();
		assertThat(notice.differencesTo(Notice.parse(notice.toJson()))).isEmpty();
	}

	@Property
	void coversIsTransitive(@ForAll("notices") Notice a, @ForAll("notices") Notice b, @ForAll("notices") Notice c) {
		if (a.covers(b) && b.covers(c)) {
			assertThat(a.covers(c)).isTrue();
		}
	}

	@Property(tries = 100)
	void coversWhatIsLeftAfterRemovingTwoThings(@ForAll("notices") Notice notice) {
		for (Notice less : withoutOneThing(notice)) {
			assertThat(withoutOneThing(less)).allMatch(notice::covers).noneMatch((least) -> least.covers(notice));
		}
	}

	@Property
	void coversBothWaysMeansTheSame(@ForAll("notices") Notice a, @ForAll("notices") Notice b) {
		assertThat(a.covers(b) && b.covers(a)).isEqualTo(a.hash().equals(b.hash()));
	}

	@Property
	void removingAnythingNarrows(@ForAll("notices") Notice notice) {
		List<Notice> narrower = withoutOneThing(notice);
		assertThat(narrower).allSatisfy((less) -> {
			assertThat(notice.covers(less)).isTrue();
			assertThat(less.covers(notice)).isFalse();
			assertThat(less.hash()).isNotEqualTo(notice.hash());
		});
	}

	@Property
	void unitedVersionsCoverEachOfThem(@ForAll("versions") NoticeEvent one, @ForAll("versions") NoticeEvent two) {
		NoticeEvent united = one.unite(two);
		assertThat(united).isEqualTo(two.unite(one));
		Notice notice = Notice.builder("demo").events(List.of(united)).build();
		if (sameTypes(one, two)) {
			assertThat(notice.covers(Notice.builder("demo").events(List.of(one)).build())).isTrue();
			assertThat(notice.covers(Notice.builder("demo").events(List.of(two)).build())).isTrue();
		}
	}

	private static boolean sameTypes(NoticeEvent one, NoticeEvent two) {
		return one.properties()
			.stream()
			.allMatch((property) -> two.properties()
				.stream()
				.noneMatch((other) -> other.name().equals(property.name()) && !other.type().equals(property.type())));
	}

	@Provide
	Arbitrary<NoticeEvent> versions() {
		return events().map((event) -> new NoticeEvent("a", event.version(), "x", event.properties(),
				event.samplingPerMillion(), event.retentionSeconds(), event.conditions(), event.privacy(),
				event.destinations(), event.expires()));
	}

	@Property
	void firstFormatCoversAndSaysNothingNew(@ForAll("notices") Notice notice, @ForAll("notices") Notice other)
			throws IOException {
		Notice first = notice.inFirstFormat();
		assertThat(first.covers(notice)).isTrue();
		assertThat(Notice.parse(first.toJson())).isEqualTo(first);
		if (notice.withController(other.controller()).covers(other)) {
			assertThat(first.covers(other)).isTrue();
		}
		assertThat(first.hash().equals(other.inFirstFormat().hash()))
			.isEqualTo(first.covers(other) && other.inFirstFormat().covers(notice));
	}

	@Property
	void anyBytesAreANoticeOrAnIOException(@ForAll byte[] bytes) {
		assertThatIOException().isThrownBy(() -> Notice.parse(bytes));
	}

	private static List<Notice> withoutOneThing(Notice notice) {
		List<Notice> all = new ArrayList<>();
		for (NoticeEvent event : notice.events()) {
			all.add(copy(notice).events(without(notice.events(), event)).build());
			for (NoticeProperty property : event.properties()) {
				List<NoticeEvent> events = without(notice.events(), event);
				events.add(new NoticeEvent(event.name(), event.version(), event.purpose(),
						without(event.properties(), property), event.samplingPerMillion(), event.retentionSeconds(),
						event.conditions(), event.privacy(), event.destinations(), event.expires()));
				all.add(copy(notice).events(events).build());
			}
		}
		notice.metadata().forEach((key) -> all.add(copy(notice).metadata(without(notice.metadata(), key)).build()));
		notice.runtimeFields()
			.forEach((name) -> all.add(copy(notice).runtimeFields(without(notice.runtimeFields(), name)).build()));
		notice.destinations()
			.forEach((one) -> all.add(copy(notice).destinations(without(notice.destinations(), one)).build()));
		return all;
	}

	private static <T> List<T> without(List<T> all, T one) {
		List<T> rest = new ArrayList<>(all);
		rest.remove(one);
		return rest;
	}

	private static Notice.Builder copy(Notice notice) {
		return Notice.builder(notice.tool())
			.controller(notice.controller())
			.contact(notice.contact())
			.undeclared(notice.undeclared())
			.events(notice.events())
			.metadata(notice.metadata())
			.runtimeFields(notice.runtimeFields())
			.machineId(notice.machineId())
			.destinations(notice.destinations())
			.deletion(notice.deletion());
	}

	@Provide
	Arbitrary<Notice> notices() {
		Arbitrary<Set<String>> keys = Arbitraries.of("team", "region").set().ofMaxSize(2);
		Arbitrary<List<NoticeEvent>> events = events().list().ofMaxSize(2).uniqueElements(NoticeEvent::name);
		Arbitrary<List<NoticeDestination>> destinations = Arbitraries
			.of(new NoticeDestination("otlp", "https", "a.example.com", 443),
					new NoticeDestination("otlp", "http", "b.example.com", 80),
					new NoticeDestination("own", "sink", "com.example.Sink", 0))
			.list()
			.ofMaxSize(2)
			.uniqueElements();
		Arbitrary<NoticeUndeclared> undeclared = Arbitraries.of(NoticeUndeclared.DROPPED, new NoticeUndeclared(true, 0),
				new NoticeUndeclared(true, 9));
		return Combinators
			.combine(undeclared, events, keys, keys, Arbitraries.of("none", "rotating", "derived"), destinations,
					Arbitraries.of("none", "email"), Arbitraries.of("A", "B").injectNull(0.5))
			.as((rule, all, metadata, fields, mode, targets, deletion, controller) -> Notice.builder("demo")
				.controller(controller)
				.undeclared(rule)
				.events(all)
				.metadata(metadata)
				.runtimeFields(fields)
				.machineId(mode)
				.destinations(targets)
				.deletion(deletion)
				.build());
	}

	private static NoticeProperty property(String name, String type, String privacy, String redaction,
			NoticeProperty limits) {
		boolean bucket = Character.isDigit(redaction.charAt(0));
		return new NoticeProperty(name, type, privacy, bucket ? "bucket" : redaction, bucket ? redaction : null,
				limits.required(), limits.values(), limits.min(), limits.max());
	}

	private static Arbitrary<NoticeProperty> limits() {
		return Combinators
			.combine(Arbitraries.of(true, false), Arbitraries.of("a", "b").set(),
					Arbitraries.of("-1.5", "0", "2").injectNull(0.3), Arbitraries.of("-1", "0.5", "20").injectNull(0.3))
			.as((required, values, min, max) -> new NoticeProperty("x", "string", "public", "none", null, required,
					List.copyOf(values), min, max));
	}

	private Arbitrary<NoticeEvent> events() {
		Arbitrary<NoticeProperty> properties = Combinators
			.combine(Arbitraries.of("items", "coupon"), Arbitraries.of("number", "string"),
					Arbitraries.of("public", "internal", "pii", "sensitive"),
					Arbitraries.of("drop", "value", "hash", "secrets", "none", "2", "3", "6"), limits())
			.as(NoticePropertyTests::property);
		return Combinators
			.combine(Arbitraries.of("a", "b"), Arbitraries.of("x", "y").injectNull(0.3),
					properties.list().ofMaxSize(2).uniqueElements(NoticeProperty::name), Arbitraries.of(0L, 1L, 9L),
					Arbitraries.of(0L, 1L, 9L), Arbitraries.of("items > 3", "gift").list().ofMaxSize(2),
					Arbitraries.of("internal", "pii"), Arbitraries.of("otlp", "http").set())
			.as((name, purpose, all, sampling, retention, conditions, privacy, destinations) -> new NoticeEvent(name, 1,
					purpose, all, sampling, retention, conditions, privacy, List.copyOf(destinations),
					(sampling > 1) ? LocalDate.EPOCH.plusDays(retention) : null));
	}

}
