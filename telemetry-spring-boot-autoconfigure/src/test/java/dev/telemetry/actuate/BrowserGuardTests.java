package dev.telemetry.actuate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.telemetry.actuate.GuardedPaths.Area;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Every rule of the guard as a table. */
class BrowserGuardTests {

	private final BrowserGuard guard = new BrowserGuard("/actuator/telemetry", "/actuator/telemetryconsole",
			List.of(" Allowed.example "), "secret");

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = {
			// host, Origin, Sec-Fetch-Site, verdict
			"localhost:8080, -, -, PASS", "evil.example:8080, -, -, PASS",
			"localhost:8080, http://localhost:8080, same-origin, PASS",
			"localhost:8080, http://localhost:8080, -, PASS", "localhost:8080, -, same-origin, PASS",
			"localhost:8080, -, none, PASS", "127.0.0.1:8080, http://127.0.0.1:8080, -, PASS",
			"[::1]:8080, http://[::1]:8080, -, PASS", "192.0.2.1:8080, http://192.0.2.1:8080, same-origin, PASS",
			"allowed.example:8080, http://allowed.example:8080, same-origin, PASS",
			"ALLOWED.example, https://allowed.EXAMPLE, same-origin, PASS",
			"localhost:8080, http://localhost:8080, cross-site, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080, same-site, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080, '', CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080, SAME-ORIGIN, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080, 'same-origin, cross-site', CROSS_ORIGIN",
			"localhost:8080, -, cross-site, CROSS_ORIGIN", "localhost:8080, -, same-site, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8081, same-origin, CROSS_ORIGIN",
			"localhost:8080, http://localhost, -, CROSS_ORIGIN",
			"localhost:8080, http://127.0.0.1:8080, -, CROSS_ORIGIN",
			"localhost:8080, http://evil.example:8080, -, CROSS_ORIGIN", "localhost:8080, null, -, CROSS_ORIGIN",
			"localhost:8080, null, same-origin, CROSS_ORIGIN", "localhost:8080, '', -, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080/, -, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080|http://localhost:8080, -, CROSS_ORIGIN",
			"localhost:8080, http://localhost:8080, same-origin|none, CROSS_ORIGIN",
			"evil.example:8080, http://evil.example:8080, same-origin, HOST_NOT_ALLOWED",
			"evil.example:8080, -, same-origin, HOST_NOT_ALLOWED", "evil.example:8080, -, none, HOST_NOT_ALLOWED",
			"sub.allowed.example, http://sub.allowed.example, -, HOST_NOT_ALLOWED", "-, -, none, HOST_NOT_ALLOWED",
			"-, -, -, PASS" })
	void judgeWhenWrite(@Nullable String host, @Nullable String origin, @Nullable String fetchSite,
			GuardVerdict expected) {
		for (Area area : List.of(Area.ENDPOINT, Area.CONSOLE)) {
			for (String method : List.of("POST", "DELETE", "PUT", "PATCH", "TRACE", "get", "ANYTHING")) {
				assertThat(this.guard.judge(request(area, method, host, origin, fetchSite))).isEqualTo(expected);
			}
		}
		assertThat(this.guard.judge(request(Area.NONE, "POST", host, origin, fetchSite))).isEqualTo(GuardVerdict.PASS);
		assertThat(this.guard.judge(request(Area.ENDPOINT, "OPTIONS", host, origin, fetchSite)))
			.isEqualTo(GuardVerdict.PASS);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "localhost:8080, VOUCH, VOUCH", "127.0.0.1, VOUCH, VOUCH", "[2001:db8::1], VOUCH, VOUCH",
					"allowed.example:99, VOUCH, VOUCH", "evil.example, PASS, HOST_NOT_ALLOWED",
					"localhost.evil.example, PASS, HOST_NOT_ALLOWED", "-, PASS, HOST_NOT_ALLOWED" })
	void judgeWhenRead(@Nullable String host, GuardVerdict endpoint, GuardVerdict console) {
		for (String method : List.of("GET", "HEAD")) {
			assertThat(this.guard.judge(request(Area.ENDPOINT, method, host, null, null))).isEqualTo(endpoint);
			assertThat(this.guard.judge(request(Area.CONSOLE, method, host, null, null))).isEqualTo(console);
			assertThat(this.guard.judge(request(Area.NONE, method, host, null, null))).isEqualTo(GuardVerdict.PASS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "APPLICATION/JSON; charset=utf-8",
			"application/vnd.spring-boot.actuator.v3+json" })
	void judgeWhenWriteIsJsonPasses(String contentType) {
		assertThat(this.guard.judge(write(List.of(contentType), false))).isEqualTo(GuardVerdict.PASS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
			"text/json", "application/jsonp", "text/plain; application/json", "", "application/json, text/plain" })
	void judgeWhenWriteIsNotJsonRefuses(String contentType) {
		assertThat(this.guard.judge(write(List.of(contentType), false))).isEqualTo(GuardVerdict.NOT_JSON);
		assertThat(this.guard.judge(write(List.of("application/json", contentType), false)))
			.isEqualTo(GuardVerdict.NOT_JSON);
	}

	@Test
	void judgeWhenWriteHasQueryRefuses() {
		assertThat(this.guard.judge(write(List.of(), true))).isEqualTo(GuardVerdict.QUERY_NOT_TAKEN);
		assertThat(this.guard.judge(write(List.of(), false))).isEqualTo(GuardVerdict.PASS);
	}

	@ParameterizedTest
	@EnumSource(names = { "PASS", "VOUCH" }, mode = Mode.EXCLUDE)
	void bodyIsJsonOfPrintableAscii(GuardVerdict verdict) {
		String body = new String(verdict.body(), StandardCharsets.UTF_8);
		assertThat(verdict.isRefusal()).isTrue();
		assertThat(body).matches("\\{\"refused\":\\{\"code\":\"[a-z-]+\",\"reason\":\"[ -!#-\\[\\]-~]+\"}}");
	}

	@Test
	void vouchedByWhenValueIsItsOwn() {
		assertThat(this.guard.vouchedBy("secret")).isTrue();
		assertThat(this.guard.vouchedBy("secre")).isFalse();
		assertThat(this.guard.vouchedBy("")).isFalse();
		assertThat(this.guard.vouchedBy(null)).isFalse();
	}

	@Test
	void createWhenVoucherBlankThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BrowserGuard("/a", "/b", List.of(), " "))
			.withMessage("'voucher' must not be blank");
	}

	/** A page names any host it likes in forwarded headers, but comes by its own. */
	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "localhost, localhost, VOUCH", "localhost, 127.0.0.1:8080, VOUCH",
					"allowed.example, localhost, VOUCH", "localhost, evil.example, PASS",
					"evil.example, localhost, PASS", "localhost, -, PASS", "-, localhost, PASS" })
	void judgeWhenForwardedNeedsBothHosts(@Nullable String forwarded, @Nullable String host, GuardVerdict read) {
		WebOrigin site = (forwarded != null) ? WebOrigin.parse("http", forwarded) : null;
		WebOrigin addressed = (host != null) ? WebOrigin.parse("http", host) : null;
		assertThat(this.guard
			.judge(new GuardedRequest(Area.ENDPOINT, "GET", false, List.of(), List.of(), List.of(), site, addressed)))
			.isEqualTo(read);
		assertThat(this.guard.judge(new GuardedRequest(Area.ENDPOINT, "POST", false, List.of(), List.of(),
				List.of("same-origin"), site, addressed)))
			.isEqualTo((read == GuardVerdict.VOUCH) ? GuardVerdict.PASS : GuardVerdict.HOST_NOT_ALLOWED);
		assertThat(this.guard
			.judge(new GuardedRequest(Area.ENDPOINT, "POST", false, List.of(), List.of(), List.of(), site, addressed)))
			.as("a program")
			.isEqualTo(GuardVerdict.PASS);
	}

	private static GuardedRequest write(List<String> contentTypes, boolean query) {
		return new GuardedRequest(Area.ENDPOINT, "POST", query, contentTypes, List.of(), List.of(),
				WebOrigin.parse("http", "localhost"), WebOrigin.parse("http", "localhost"));
	}

	private static GuardedRequest request(Area area, String method, @Nullable String host, @Nullable String origin,
			@Nullable String fetchSite) {
		WebOrigin site = (host != null) ? WebOrigin.parse("http", host) : null;
		return new GuardedRequest(area, method, false, List.of(), values(origin), values(fetchSite), site, site);
	}

	private static List<String> values(@Nullable String values) {
		return (values != null) ? new ArrayList<>(Arrays.asList(values.split("\\|", -1))) : List.of();
	}

}
