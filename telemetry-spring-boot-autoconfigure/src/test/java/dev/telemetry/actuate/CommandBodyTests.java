package dev.telemetry.actuate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.actuate.RawHttp.Answer;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that say more than a command, or something else, on a real server of each web
 * stack.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CommandBodyTests {

	private static final List<String> ATTACKS = List.of("{\"Scope\":\"local\"}", "{\"scope\":\"local\",\"scop\":\"x\"}",
			"{\"scope\":\"local\",\"scope\":\"export\"}", "{\"scope\":\"local\",\"sc\\u006fpe\":\"export\"}",
			"{\"action\":\"enable\"}", "{\"voucher\":null}", "{\"scope\":\"local\"}{}", "{\"scope\":\"local\"} x",
			"{\"notice\":1}", "{\"notice\":true}", "null", "\"local\"", " ", "\0", "\uFEFF{\"Scope\":\"local\"}",
			"{\"notice\":[[[[]]]]}", "{\"notice\":" + "[".repeat(4000) + "]".repeat(4000) + "}");

	private List<EndpointApplication> applications = List.of();

	@BeforeAll
	void start(@TempDir Path directory) {
		this.applications = Stream.of(WebApplicationType.SERVLET, WebApplicationType.REACTIVE)
			.map((type) -> EndpointApplication.start(type, directory.resolve("telemetry.log")))
			.toList();
	}

	@AfterAll
	void stop() {
		this.applications.forEach(EndpointApplication::close);
	}

	@BeforeEach
	void reset() {
		this.applications.forEach((application) -> application.gate().reset());
	}

	Stream<EndpointApplication> applications() {
		return this.applications.stream();
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("applications")
	void writeWhenBodySaysMoreOrOtherThanACommandAnswers400(EndpointApplication application) {
		for (String body : ATTACKS) {
			for (String action : List.of("enable", "disable", "reset")) {
				Answer answer = post(application, action).json(body).send();
				assertThat(answer.status()).as(body).isEqualTo(400);
				assertThat(answer.body()).as(body).contains("\"body-not-taken\"");
			}
		}
		assertUntouched(application);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("applications")
	void writeWhenBodyIsTooLongIsRefusedWithoutTakingItAll(EndpointApplication application) {
		String start = "{\"notice\":\"" + "x".repeat(9000);
		String chunked = post(application, "enable").header("Transfer-Encoding", "chunked")
			.header("Content-Type", "application/json")
			.unsized(Integer.toHexString(start.length()) + "\r\n" + start + "\r\n")
			.readUntil("body-too-long");
		assertThat(chunked).startsWith("HTTP/1.1 413").contains("body-too-long");
		String announced = post(application, "enable").header("Content-Length", "10000000")
			.header("Content-Type", "application/json")
			.unsized(start)
			.readUntil("body-too-long");
		assertThat(announced).startsWith("HTTP/1.1 413").contains("body-too-long");
		assertUntouched(application);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("applications")
	void enableWhenBodyIsAsLongAsAllowedIsCarriedOut(EndpointApplication application) {
		String body = "{\"scope\":\"local\"" + " ".repeat(8 * 1024 - 17) + "}";
		assertThat(body).hasSize(8 * 1024);
		assertThat(post(application, "enable").json(body + " ").send().status()).isEqualTo(413);
		assertUntouched(application);
		assertThat(post(application, "enable").json(body).send().status()).isEqualTo(200);
		assertThat(application.gate().scope()).isEqualTo(ConsentScope.LOCAL);
	}

	private static RawHttp post(EndpointApplication application, String action) {
		return RawHttp.request(application.port(), "POST", "/actuator/telemetry/" + action);
	}

	private static void assertUntouched(EndpointApplication application) {
		assertThat(application.gate().writes).isZero();
		assertThat(application.gate().state()).isEqualTo(ConsentState.UNDECIDED);
	}

}
