package dev.telemetry.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.telemetry.actuate.RawHttp.Answer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sdk.Golden;
import dev.telemetry.sent.SentBody;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentHead.Protocol;
import dev.telemetry.sent.SentRequest;
import dev.telemetry.sent.SentText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls of the endpoint on a real server, the same on every web stack.
 */
@Tag("T-13")
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractTelemetryEndpointWebTests {

	private final WebApplicationType type;

	private EndpointApplication application;

	private Path log;

	AbstractTelemetryEndpointWebTests(WebApplicationType type) {
		this.type = type;
	}

	@BeforeAll
	void start(@TempDir Path directory) {
		this.log = directory.resolve("telemetry.log");
		this.application = EndpointApplication.start(this.type, this.log,
				"telemetry.web.allowed-hosts=Telemetry.example.com", "telemetry.tool.name=demo-app");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@BeforeEach
	void reset() throws IOException {
		this.application.gate().reset();
		this.application.sentIds().clear();
		this.application.erased().clear();
		Files.deleteIfExists(this.log);
		this.application.sent().erase();
	}

	@Test
	void statusWhenGrantedShowsEverything() {
		this.application.gate().grant();
		Answer answer = get("").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.head()).contains("application/vnd.spring-boot.actuator.v3+json");
		assertJson(answer.body(), """
				{"tool":"demo-app","collecting":true,
				 "consent":{"state":"GRANTED","scope":"EXPORT","recordedScope":"EXPORT","rule":9,"reason":"said so",
				            "origin":"consent.json","packaged":false,
				            "notice":{"current":"sha256:cd","accepted":"sha256:ab"},
				            "others":[{"rule":12,"input":"telemetry.opt-in","value":"absent"}]},
				 "machineId":"%s","sessionId":"%s",
				 "sinks":[{"name":"file","target":"~/.demo-app/telemetry.log","remote":false,"accepted":12,
				           "delivered":11,"dropped":{"disk_error":1},"pending":0,"spilledFiles":0,"spilledBytes":0,
				           "lastDelivery":"2026-11-21T03:00:00Z","lastError":null}],
				 "dropped":{"sampled":0,"undeclared":0,"invalid":0,"overflow":0},
				 "deletion":null,
				 "problems":[{"property":"telemetry.endpiont","origin":"environment TELEMETRY_ENDPIONT",
				              "problem":"unknown property","action":"did you mean telemetry.endpoint?"}]}
				""".formatted(FakeTelemetrySdk.MACHINE_ID, FakeTelemetrySdk.SESSION_ID));
	}

	@ParameterizedTest
	@CsvSource({ "GET, '', undecided, status-undecided", "GET, '', granted, status-granted",
			"GET, /notice, undecided, notice", "GET, /events?limit=2, undecided, events",
			"POST, /enable, undecided, status-granted", "POST, /disable, granted, status-withdrawn",
			"DELETE, '', granted, reset" })
	void answerIsAsItWasByteByByte(String method, String path, String state, String file) throws IOException {
		Files.writeString(this.log, Golden.text("events.jsonl"));
		if (state.equals("granted")) {
			this.application.gate().grant();
		}
		Answer answer = RawHttp.request(this.application.port(), method, "/actuator/telemetry" + path).send();
		assertThat(answer.status()).isEqualTo(200);
		Golden.assertSame("endpoint/" + file + ".json", answer.body());
	}

	@Test
	void statusWhenUndecidedLeavesIdsAndOriginOut() {
		String body = get("").send().body();
		assertThat(body).contains("\"state\":\"UNDECIDED\"").contains("\"deletion\":null");
		assertThat(body).doesNotContain("machineId").doesNotContain("sessionId").doesNotContain("consent.json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "localhost.evil.example", "127.0.0.1.evil.example" })
	void statusWhenHostReboundLeavesIdsOut(String host) {
		this.application.gate().grant();
		Answer answer = get("").host(host).send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"GRANTED\"").doesNotContain("machineId").doesNotContain("sessionId");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "LOCALHOST:1", "[::1]", "192.0.2.7:80", "telemetry.example.COM" })
	void statusWhenHostAllowedShowsIds(String host) {
		this.application.gate().grant();
		assertThat(get("").host(host).send().body()).contains("machineId").contains("sessionId");
	}

	@Test
	void statusWhenVoucherGuessedLeavesIdsOut() {
		this.application.gate().grant();
		Answer answer = get("?voucher=1&voucher=2").host("evil.example").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"GRANTED\"").doesNotContain("machineId");
		assertThat(get("?voucher=1").send().body()).contains("machineId");
	}

	@Test
	void enableWhenNoBodyGrantsExport() {
		Answer answer = post("/enable").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"collecting\":true").contains("machineId");
		assertThat(this.application.gate().scope()).isEqualTo(ConsentScope.EXPORT);
	}

	@Test
	void enableWhenBodyEmptyJsonGrantsExport() {
		assertThat(post("/enable").json("{}").send().status()).isEqualTo(200);
		assertThat(this.application.gate().scope()).isEqualTo(ConsentScope.EXPORT);
	}

	@Test
	void enableWhenJsonTypeWithoutBodyGrantsExport() {
		assertThat(post("/enable").header("Content-Type", "application/json").send().status()).isEqualTo(200);
		assertThat(this.application.gate().scope()).isEqualTo(ConsentScope.EXPORT);
	}

	@Test
	void enableWhenBodyHasScopeAndNoticeHandsThemOn() {
		Answer answer = post("/enable").json("{\"scope\":\"local\",\"notice\":\"sha256:ab\"}").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(this.application.gate().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(this.application.gate().notice).isEqualTo("sha256:ab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "", "everything" })
	void enableWhenScopeWrongAnswers400(String scope) {
		Answer answer = post("/enable").json("{\"scope\":\"" + scope + "\"}").send();
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("\"invalid-scope\"").contains("'scope' must be 'local' or 'export'");
		assertUntouched();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "{\"scope\":{\"a\":1}}" })
	void enableWhenJsonMalformedAnswers400(String body) {
		assertThat(post("/enable").json(body).send().status()).isEqualTo(400);
		assertUntouched();
	}

	@Test
	void enableWhenScopeInQueryAnswers400() {
		assertThat(post("/enable?scope=local").send().status()).isEqualTo(400);
		assertUntouched();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
			"application/octet-stream", "nonsense" })
	void enableWhenOtherContentTypeAnswers415(String contentType) {
		assertThat(post("/enable").body(contentType, "scope=local").send().status()).isEqualTo(415);
		assertThat(post("/enable").header("Content-Type", contentType).send().status()).isEqualTo(415);
		assertUntouched();
	}

	@Test
	void enableWhenBodyHasNoContentTypeAnswers415() {
		assertThat(post("/enable").bodyOnly("{\"scope\":\"local\"}").send().status()).isEqualTo(415);
		assertUntouched();
	}

	@ParameterizedTest
	@CsvSource({ "VETOED,409,vetoed", "NOTICE_MISMATCH,409,notice-mismatch", "NO_HOME,409,no-home",
			"NOT_PERSISTED,503,not-persisted" })
	void enableWhenRefusedSaysWhy(Outcome outcome, int status, String code) {
		this.application.gate().script(outcome, 0);
		Answer answer = post("/enable").send();
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body())
			.startsWith("{\"refused\":{\"code\":\"" + code + "\",\"reason\":\"because\",\"origin\":\"DO_NOT_TRACK\"}");
		assertThat(answer.body()).contains("\"consent\":{\"state\":\"UNDECIDED\"");
	}

	@Test
	void disableWhenGrantedWithdraws() {
		this.application.gate().grant();
		Answer answer = post("/disable").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"state\":\"WITHDRAWN\"").doesNotContain("aborted");
	}

	@Test
	void disableWhenConnectionsWereClosedSaysHowMany() {
		this.application.gate().script(Outcome.DONE, 2);
		assertThat(post("/disable").json("{}").send().body()).contains("\"aborted\":2");
	}

	@Test
	void disableWhenNotPersistedAnswers500() {
		this.application.gate().script(Outcome.NOT_PERSISTED, 1);
		Answer answer = post("/disable").send();
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).contains("\"code\":\"not-persisted\"")
			.contains("\"persisted\":false")
			.contains("\"aborted\":1");
	}

	@Test
	void resetWhenNothingWasSentIsNotNeeded() {
		Answer answer = post("/reset").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).startsWith("{\"deletion\":{\"outcome\":\"NOT_NEEDED\"},\"consent\":{");
		assertThat(this.application.erased()).containsExactly("log", "ids");
	}

	@Test
	void deleteWhenIdsWereSentHandsThemOut() {
		this.application.sentIds().add("a".repeat(64));
		Answer answer = RawHttp.request(this.application.port(), "DELETE", "/actuator/telemetry").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"outcome\":\"CANNOT_REQUEST\",\"ids\":[\"" + "a".repeat(64) + "\"]")
			.contains("\"pending\":1,\"done\":0")
			.contains("\"state\":\"WITHDRAWN\"");
		assertThat(this.application.sentIds()).isEmpty();
		assertThat(get("").send().body())
			.contains("\"deletion\":{\"outcome\":\"CANNOT_REQUEST\",\"pending\":1,\"done\":0}")
			.doesNotContain("a".repeat(64));
		this.application.forgetRequests();
	}

	@Test
	void postWhenActionUnknownAnswers400() {
		Answer answer = post("/destroy").send();
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("unknown-action");
		assertThat(post("/destroy").json("{}").send().status()).isEqualTo(400);
		assertUntouched();
	}

	@Test
	void eventsWhenLogHasLinesReturnsThemAsJson() throws IOException {
		Files.write(this.log, List.of("{\"name\":\"a\",\"attrs\":{\"n\":1,\"d\":1.5,\"b\":true}}", "torn",
				"{\"name\":\"b\",\"attrs\":{}}"));
		Answer answer = get("/events").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"events\":[{\"name\":\"a\",\"attrs\":{\"n\":1,\"d\":1.5,\"b\":true}},"
				+ "{\"name\":\"b\",\"attrs\":{}}],\"skipped\":1}");
	}

	@Test
	void reportCountsByGroupAndSum() throws IOException {
		Files.writeString(this.log,
				"""
						{"name":"violations.detected","timestamp_utc":"2026-11-20T10:00:00Z","attrs":{"kind":"contracts","n":71}}
						{"name":"violations.detected","timestamp_utc":"2026-11-21T10:00:00Z","attrs":{"kind":"plan","n":29}}
						{"name":"violations.detected","timestamp_utc":"2026-11-22T10:00:00Z","attrs":{"kind":"plan","n":5}}
						{"name":"app.started","timestamp_utc":"2026-11-20T10:00:00Z","attrs":{}}
						""");
		Answer answer = get("/report?since=2026-11-20&until=2026-11-22&event=violations.detected,b&by=kind&sum=n")
			.send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.head()).contains("application/json");
		assertJson(answer.body(), """
				{"since":"2026-11-20T00:00:00Z","until":"2026-11-22T00:00:00Z","by":"kind","sum":"n",
				 "first":"2026-11-20T10:00:00Z","last":"2026-11-21T10:00:00Z","skipped":0,
				 "events":[{"name":"violations.detected","count":2,"estimated":2,"succeeded":0,"failed":0,"errors":{},
				   "days":{"2026-11-20":1,"2026-11-21":1},"total":100,
				   "groups":[{"kind":"value","value":"contracts","count":1,"estimated":1,"succeeded":0,"failed":0,
				              "total":71,"share":0.71},
				             {"kind":"value","value":"plan","count":1,"estimated":1,"succeeded":0,"failed":0,
				              "total":29,"share":0.29}]}]}
				""");
	}

	@Test
	void reportWithoutALogIsEmpty() {
		assertThat(get("/report").send().body()).isEqualTo("{\"skipped\":0,\"events\":[]}\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			since=soon                        | 'since' must be a day
			until=2026-13-01                  | 'until' must be a day
			since=2026-11-21&until=2026-11-21 | 'since' must be before 'until'
			by=                               | 'by' must be the name of an attribute
			sum=%20                           | 'sum' must be the name of an attribute
			event=a,                          | 'event' must be the name of an event
			""")
	void reportWhenAParameterIsWrongSaysWhy(String query, String reason) {
		Answer answer = get("/report?" + query).send();
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("\"code\":\"invalid-parameter\"", reason);
	}

	@Test
	void reportWhenTheLogCannotBeReadSaysSo() throws IOException {
		Files.createSymbolicLink(this.log, Files.writeString(this.log.resolveSibling("secret"), "{\"name\":\"a\"}\n"));
		Answer answer = get("/report").send();
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).contains("\"code\":\"not-read\"").doesNotContain("\"name\":\"a\"");
	}

	@Test
	void eventsWhenLimitedReturnsTheNewest() throws IOException {
		Files.write(this.log, List.of("{\"name\":\"a\"}", "{\"name\":\"b\"}"));
		assertThat(get("/events?limit=1").send().body()).isEqualTo("{\"events\":[{\"name\":\"b\"}],\"skipped\":0}");
		assertThat(get("/events?limit=1000").send().status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1001", "many", "99999999999" })
	void eventsWhenLimitWrongAnswers400(String limit) {
		assertThat(get("/events?limit=" + limit).send().status()).isEqualTo(400);
	}

	@Test
	void exportIsOneJsonDocument() throws IOException {
		Files.writeString(this.log, "{\"name\":\"a\"}\n{torn\n");
		Answer answer = get("/export").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.head()).contains("Content-Type: application/json");
		assertThat(answer.body()).contains("\"log\":{\"lines\":[\n{\"name\":\"a\"}],\"skipped\":1").endsWith("\n}\n");
	}

	private SentRequest send(String body) {
		return this.application.sent()
			.add(new SentHead("http", "https://a.example.com/x", Protocol.HTTP, "POST", "/x", List.of("Host"), 1),
					SentBody.of(body.getBytes(StandardCharsets.UTF_8), false, SentText.PLAIN));
	}

	@Test
	void sentListsTheNewestFirstAndBodiesAsTheyWere() {
		SentRequest old = send("[{\"name\":\"canary\"}]");
		old.answered(200);
		SentRequest last = send("[2]");
		Answer answer = get("/sent?limit=2").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"maxBytes\":1048576,\"forgotten\":0,\"requests\":[{\"id\":\"" + last.id())
			.contains("\"path\":\"/x\",\"headers\":[\"Host\"],\"events\":1,\"size\":3,\"sha256\":\"")
			.contains("\"body\":\"wire\",\"status\":200}");
		assertThat(get("/sent?limit=1").send().body()).contains(last.id()).doesNotContain(old.id());
		for (String accepted : List.of("*/*", "application/octet-stream", "application/json")) {
			Answer body = get("/sent/" + old.id()).header("Accept", accepted).send();
			assertThat(body.status()).isEqualTo(200);
			assertThat(body.head()).contains("Content-Type: application/octet-stream", "nosniff");
			assertThat(body.body()).isEqualTo("[{\"name\":\"canary\"}]");
		}
		Answer decoded = get("/sent/" + old.id() + "?form=decoded").send();
		assertThat(decoded.head()).contains("Content-Type: application/json");
		assertThat(decoded.body()).isEqualTo("[{\"name\":\"canary\"}]");
	}

	@ParameterizedTest
	@CsvSource({ "/sent?limit=0, 400, must be 1 to 1000", "/sent?limit=1001, 400, must be 1 to 1000",
			"/sent/nothing, 404, there is no request of that id",
			"/sent/KNOWN?form=hex, 400, must be wire or decoded" })
	void sentWhenAskedInAWrongWaySaysWhy(String path, int status, String reason) {
		String known = send("[]").id();
		Answer answer = get(path.replace("KNOWN", known)).header("Accept", "*/*").send();
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.head().toLowerCase(java.util.Locale.ROOT)).contains("json");
		assertThat(answer.body()).startsWith("{\"refused\":{\"code\":\"").contains(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/events/KNOWN", "/notice/KNOWN", "/sent/KNOWN/more", "/SENT/KNOWN" })
	void sentWhenThePathIsAnotherAnswers404(String path) {
		assertThat(get(path.replace("KNOWN", send("[]").id())).send().status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sent", "/sent/KNOWN", "/sent/KNOWN?form=decoded", "/sent;x=1/KNOWN",
			"/sent/KNOWN?voucher=guess" })
	void sentWhenHostReboundAnswers403(String path) {
		String known = path.replace("KNOWN", send("[\"canary\"]").id());
		Answer answer = get(known).host("evil.example").send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("telemetry.web.allowed-hosts").doesNotContain("canary", "evil", "requests");
		assertThat(get(known).host("telemetry.example.com").send().status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/events", "/export", "/report", "/report?by=a", "/EVENTS?view=events",
			"/notice?view=events", "/events;x=1", "/ev%65nts", "/events?voucher=guess" })
	void eventsWhenHostReboundAnswers403(String path) throws IOException {
		Files.write(this.log, List.of("{\"name\":\"canary\"}"));
		Answer answer = get(path).host("evil.example").send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("telemetry.web.allowed-hosts")
			.doesNotContain("evil")
			.doesNotContain("canary");
		assertThat(get(path).host("telemetry.example.com").send().body()).contains("canary");
	}

	@Test
	void noticeShowsWhatAYesAgreesTo() {
		this.application.gate().grant();
		Answer answer = get("/notice").send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).matches("\\{\"current\":\"sha256:[0-9a-f]{64}\",\"accepted\":\"sha256:ab\","
				+ "\"notice\":\\{\"undeclared\":\\{.*\"examples\":\\[]}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "de|de|Wer fragt, und warum", "de-CH, en;q=0.5|de|Wer fragt, und warum",
			"en, de;q=0.9|en|Who asks, and why", "fr|en|Who asks, and why", "fr, de;q=0.1|de|Wer fragt, und warum",
			"*|en|Who asks, and why", "de;q=0|en|Who asks, and why", "'../../notice'|en|Who asks, and why" })
	void noticeIsInSentencesOfTheLanguageAskedFor(String accepted, String language, String heading) {
		Answer answer = get("/notice").header("Accept-Language", accepted).send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"text\":{\"language\":\"" + language
				+ "\",\"sections\":[{\"id\":\"asks\",\"heading\":\"" + heading + "\",\"lines\":[");
	}

	@Test
	void enableInTheLanguageOfTheNoticeThatWasShownHandsItsSentencesOn() {
		assertThat(post("/enable").json("{\"scope\":\"local\",\"locale\":\"de\"}")
			.header("Accept-Language", "en")
			.send()
			.status()).isEqualTo(200);
		assertThat(this.application.gate().shown).isNotNull().satisfies((shown) -> {
			assertThat(shown.locale()).isEqualTo("de");
			assertThat(shown.text()).startsWith("Wer fragt, und warum\n  ").endsWith("\n");
		});
		assertThat(post("/enable").send().status()).isEqualTo(200);
		assertThat(this.application.gate().shown).as("nothing says that it was shown").isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fr", "", "de-CH", "../de", "no language" })
	void enableInALanguageInWhichNoNoticeCanHaveBeenShownAnswers400(String locale) {
		Answer answer = post("/enable").json("{\"locale\":\"" + locale + "\"}").send();
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("\"code\":\"invalid-locale\"");
		assertThat(this.application.gate().writes).isZero();
	}

	@Test
	void noticeWhenHostIsNotAllowedHasTheLanguageAskedFor() {
		assertThat(get("/notice").host("evil.example").header("Accept-Language", "de").send().body())
			.contains("\"language\":\"de\"");
	}

	@Test
	void noticeWhenHostReboundIsNoSecret() {
		assertThat(get("/notice").host("evil.example").send().status()).isEqualTo(200);
	}

	@Test
	void getWhenViewUnknownAnswers404() {
		assertThat(get("/nothing").send().status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "http://evil.example,-", "null,-", "http://localhost,-", "http://localhost:1,-", "-,cross-site",
					"-,same-site", "SELF,cross-site", "file://,-", "http://localhost:PORT/,-",
					"http://user@localhost:PORT,-", "http://localhost:PORTx,-", "SELF http://evil.example,-" })
	void writeWhenCrossOriginAnswers403(String origin, String fetchSite) {
		for (RawHttp request : List.of(post("/enable"), post("/disable").json("{}"), post("/reset"), delete())) {
			Answer answer = browser(request, origin, fetchSite).send();
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).startsWith("{\"refused\":{\"code\":\"cross-origin\"")
				.contains("telemetry.web.allowed-hosts")
				.doesNotContain("evil");
		}
		assertUntouched();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "SELF,same-origin", "SELF,-", "-,same-origin", "-,none" })
	void writeWhenSameOriginPasses(String origin, String fetchSite) {
		assertThat(browser(post("/enable"), origin, fetchSite).send().status()).isEqualTo(200);
		assertThat(browser(post("/disable").json("{}"), origin, fetchSite).send().status()).isEqualTo(200);
		assertThat(browser(delete(), origin, fetchSite).send().status()).isEqualTo(200);
	}

	@Test
	void writeWhenSeveralOriginsAnswers403() {
		RawHttp request = browser(browser(post("/enable"), "SELF", null), "SELF", null);
		assertThat(request.send().status()).isEqualTo(403);
		assertUntouched();
	}

	@Test
	void writeWhenHostReboundNamesTheProperty() {
		Answer answer = post("/enable").host("evil.example").header("Origin", "http://evil.example").send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("telemetry.web.allowed-hosts").doesNotContain("evil");
		assertUntouched();
		Answer allowed = post("/enable").host("telemetry.example.com")
			.header("Origin", "http://telemetry.example.com")
			.send();
		assertThat(allowed.status()).isEqualTo(200);
	}

	@Test
	void writeWhenForwardedHeadersAreNotHonouredIgnoresThem() {
		Answer answer = post("/enable").host("evil.example")
			.header("X-Forwarded-Host", "localhost")
			.header("Forwarded", "host=localhost")
			.header("Origin", "http://localhost")
			.send();
		assertThat(answer.status()).isEqualTo(403);
		assertUntouched();
	}

	@Test
	void writeWhenFromProgramPassesWhateverTheHost() {
		assertThat(post("/enable").host("evil.example").send().status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/telemetry/enable;a=b", "/actuator/telemetry;a=b/enable",
			"/actuator/telemetr%79/enable", "/actuator/%74elemetry/%65nable", "/actuator;x/telemetry/enable/",
			"//actuator/telemetry/enable", "/actuator//telemetry/enable", "/./actuator/telemetry/enable",
			"/x/../actuator/telemetry/enable", "/ACTUATOR/TELEMETRY/enable", "/actuator/x/..;/telemetry/enable",
			"/actuator/telemetry%2Fenable", "/actuator/telemetry/%2e/enable", "/actuator%5Ctelemetry%5Cenable" })
	void writeWhenPathDisguisedIsNotCarriedOut(String path) {
		RawHttp.request(this.application.port(), "POST", path).header("Origin", "http://evil.example").send();
		assertUntouched();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/telemetry/enable;a=b", "/actuator/telemetr%79/enable" })
	void writeWhenPathDisguisedByProgramIsCarriedOut(String path) {
		// The positive control of the test above: the server does take these for the
		// endpoint
		assertThat(RawHttp.request(this.application.port(), "POST", path).send().status()).isEqualTo(200);
	}

	private RawHttp browser(RawHttp request, String origin, String fetchSite) {
		int port = this.application.port();
		if (origin != null) {
			request.header("Origin",
					origin.replace("SELF", "http://localhost:" + port).replace("PORT", String.valueOf(port)));
		}
		return (fetchSite != null) ? request.header("Sec-Fetch-Site", fetchSite) : request;
	}

	private RawHttp get(String path) {
		return RawHttp.request(this.application.port(), "GET", "/actuator/telemetry" + path);
	}

	private RawHttp post(String path) {
		return RawHttp.request(this.application.port(), "POST", "/actuator/telemetry" + path);
	}

	private RawHttp delete() {
		return RawHttp.request(this.application.port(), "DELETE", "/actuator/telemetry");
	}

	private void assertUntouched() {
		assertThat(this.application.gate().writes).isZero();
		assertThat(this.application.gate().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	private static void assertJson(String actual, String expected) {
		JsonAssert.comparator(JsonCompareMode.STRICT).assertIsMatch(expected, actual);
	}

}
