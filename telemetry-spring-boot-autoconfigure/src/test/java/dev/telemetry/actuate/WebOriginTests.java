package dev.telemetry.actuate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebOriginTests {

	@ParameterizedTest
	@CsvSource({ "http://localhost,http,localhost,80", "https://Example.COM,https,example.com,443",
			"HTTP://localhost:8080,http,localhost,8080", "http://[::1]:81,http,::1,81",
			"https://[2001:DB8::1],https,2001:db8::1,443", "http://192.0.2.1:65535,http,192.0.2.1,65535",
			"http://a_b:1,http,a_b,1" })
	void parseWhenOriginWellFormedReadsIt(String origin, String scheme, String host, int port) {
		assertThat(WebOrigin.parse(origin)).isEqualTo(new WebOrigin(scheme, host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "localhost", "//localhost", "ftp://localhost", "chrome-extension://abc",
			"http://", "http://:80", "http://localhost:", "http://localhost:0", "http://localhost:-1",
			"http://localhost:8x", "http://localhost:999999", "http://localhost/", "http://localhost/path",
			"http://user@localhost", "http://localhost:80@evil.example", "http://a b", "http://localhost\t",
			"http://localhost http://evil.example", "http://localhost,http://evil.example", "http://[::1", "http://::1",
			"http://[localhost]", "http://[::1]x", "http://[::1]x:80", "http://lоcalhost", "http://localhost%2e",
			"http://a?b", "http://a#b" })
	void parseWhenOriginMalformedIsNull(String origin) {
		assertThat(WebOrigin.parse(origin)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "127.0.0.1", "0.0.0.0", "255.255.255.255", "192.0.2.1", "::1",
			"[::1]", "2001:db8::7", "::ffff:192.0.2.1" })
	void isLocalhostOrLiteralWhenNoNameServerNeeded(String host) {
		assertThat(WebOrigin.of("http", host, 80)).matches(WebOrigin::isLocalhostOrLiteral);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "localhost.evil.example", "localhost.", "a.localhost",
			"127.0.0.1.evil.example", "127.0.0.256", "127.0.0", "127.0.0.1.", "127.1", "2130706433", "0x7f.0.0.1",
			"1.2.3.a", "dead.beef", "1..2.3" })
	void isLocalhostOrLiteralWhenNameIsFalse(String host) {
		assertThat(WebOrigin.of("http", host, 80)).isNotNull().matches((site) -> !site.isLocalhostOrLiteral());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "user@localhost", "localhost/", "a:b", "::zz", "[localhost]" })
	void ofWhenHostMalformedIsNull(String host) {
		assertThat(WebOrigin.of("http", host, 80)).isNull();
	}

	@Test
	void ofWhenHostMissingIsNull() {
		assertThat(WebOrigin.of("http", null, 80)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "http://a:80,http://a,true", "https://a:443,https://a,true", "https://a,http://a,true",
			"http://a:8080,https://a:8080,true", "http://a:443,https://a,true", "http://a:8080,http://a,false",
			"http://a,http://b,false", "https://a:80,http://a:8080,false" })
	void hasHostAndPortOfComparesWithDefaultPorts(String one, String other, boolean same) {
		assertThat(WebOrigin.parse(one).hasHostAndPortOf(WebOrigin.parse(other))).isEqualTo(same);
		assertThat(WebOrigin.parse(other).hasHostAndPortOf(WebOrigin.parse(one))).isEqualTo(same);
	}

}
