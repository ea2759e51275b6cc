package dev.telemetry.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes texts in which rules of redaction begin, meet and are disappointed: pieces of
 * every rule's syntax, names and separators in the order in which they would be written,
 * lines of the corpus whole and in parts, prose, and all of that changed a little, cut,
 * or escaped. The same seed makes the same texts.
 */
final class AdversarialTexts {

	static final String USER = "malice";

	static final String HOST = "build-7.example.com";

	static final String HOME = "/srv/people/malice";

	private static final List<String> NAMES = List.of("password", "passwd", "pwd", "pw", "PW", "psw", "mdp", "PASS",
			"pass", "passphrase", "db_password", "dbPass", "userPassword2", "password_prod", "password_hash",
			"has_password", "resetPassword", "token", "access_token", "accessToken", "next token", "tokens", "secret",
			"client-secret", "clientSecret", "SECRETS", "api_key", "api key", "apikey", "X-Api-Key", "key", "sort key",
			"keys", "auth", "authorization", "Proxy-Authorization", "cookie", "Set-Cookie", "cookies", "sig",
			"signature", "session", "sid", "SSID", "jsessionid", "ASPSESSIONIDQW", "csrf", "xsrf_token", "jwt",
			"bearer", "Basic", "pin", "PIN", "otp", "2fa_code", "securityCode", "backup codes", "cvv", "code",
			"credentials", "creds", "private_key", "accountkey", "AWSALB", "cf_clearance", "rememberMe",
			"x-honeycomb-team", "wordpress_logged_in_1", "Kennwort", "contrase\u00f1a",
			"\u30d1\u30b9\u30ef\u30fc\u30c9", "has\u0142o", "l\u00f6senord", "senha", "heslo", "salasana", "psk",
			"security answer", "login code", "requirepass", "masterauth", "sslkeypass", "motdepasse", "value", "name",
			"id", "type", "user", "page", "shipping", "design", "inside", "opinion", "encode", "authors", "monkey",
			"asset", "credit", "classify", "mac", "hwaddr", "ether", "Private-Lines", "password.new", "-key", "pass-",
			".pwd", "_token_");

	private static final List<String> BETWEEN = List.of("=", ":", ": ", " = ", " : ", "=\"", ": \"", "\":\"", "\": \"",
			"' => '", "->", "::", "\t", " ", "  ", " is ", " was ", "+", "\n", "\r\n", ":\n", "(", "(\"", "\",\"",
			"\", \"", ",", ", ", "[0]=", "]=", ")=", "}:", " (new): ", "!=", "?=", "==", "===", ": |\n  ", ":\n- ",
			"=[\"", "='", "=`", "=\u201c", "\u2192", "\u2254", ":!!str ", ": &a ", " for user app: ", "\"} value=\"",
			"\" value=\"", "</key><string>", ">", "\">", "\\\":\\\"", "%3D", "%3d", "%253D", "\\u003d", "&#61;",
			"&equals;", "\\x3a", "\uff1d", "\uff1a", ":=", "=b\"", ": String = \"", "=string(8) \"", "= %", "=${", "=<",
			" identified by ", " IDENTIFIED WITH x BY '", "\n: ");

	private static final List<String> VALUES = List.of("hunter2", "s3cr3t!", "abc", "a", "1234", "12", "true",
			"required", "null", "***", "${X}", "<none>", "your_key", "abc123def456", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
			"dXNlcjpwYXNz", "aB3dE5gH7jK9", "the", "must be long", "getPassword()", "x[1]", "Ctrl+C", "a.b.c", "1.2.3",
			"Bearer abc.def", "Basic dXNlcjpwYXNz", "token abcdefgh1", "Digest username=\"a\"", "ApiKey a1b2c3d4",
			"\"two words\"", "'it''s'", "[redacted]", "{\"value\":\"x1\"}", "[\"a1\",\"b2\"]", "a;b=c", "a&b=c", "\\n",
			"\u2022\u2022\u2022", "\u00e9t\u00e9", "x".repeat(70), "a1".repeat(40));

	private static final List<String> PIECES = List.of("-----BEGIN RSA PRIVATE KEY-----", "-----END X-----", "-----",
			"----", "---", "--", "Private-Lines: 2\nAAAA\nBBBB\n", "https://", "http ", "://u:p@example.com/", "//a:b@",
			"bob@example.com", "@", "a@b.de", "@tcp(", "git@github.com:a/b", "icon@2x.png", "lib@1.2.3",
			"https://hooks.slack.com/services/T0/B0/abcdef", "/webhook/abcdef0123456789", "/hooks/", "/integration/v1/",
			"api.telegram.org/bot123:abc", "discord.com/api/webhooks/1/a", "x.office.com/webhook/a1",
			"hooks.zapier.com/hooks/catch/1/a", "maker.ifttt.com/trigger/x/with/key/abcd", "curl -u a:b", "curl",
			"--user x:y", "-u", "-p", "-psecret", "mysql -psecret", "7z a -psecret", "sshpass -p x",
			"docker login -p x", "redis-cli -a x", "sqlcmd -P x", "ldapsearch -w x", "snmpget -A x", "openssl -k x",
			"ssh-keygen -N x", "smbclient -U a%b", "lftp -u a,b", "htpasswd -b f u p", "net user a b",
			"net use x: b /user:c d", "/user:a b", "schtasks /rp x", "pscredential(a, 'b", "ConvertTo-SecureString 'b'",
			"sqlplus a/b@c", "conn a/b@", "exp a/b@", "jdbc:oracle:thin:a/b@c", "oracle://a/b@", "rar a -px",
			"zip -P x", "--password x", "--token", "-x", "--api-key=abc123", "eyJ", "eyJhbGciOiJIUzI1NiJ9.e30.abc",
			"xeyJhbGci.a", "eyjabc.def", "ghp_abcdefghij0123456789", "xghp_0123456789a", "github_pat_0123456789",
			"glpat-abcdefghij12", "xoxb-1-2345678901", "xoxe.xoxp-1234567890", "AIzaSyA0123456789abcdef",
			"AKIAABCDEFGHIJKL", "xASIAABCDEFGHIJKLMN", "ya29.a0123456789abcdef", "1//0abcdefghijklmnopqrstuvw",
			"sk-abcdefghijklmnop1", "sk_live_0123456789", "SG.abcdefghijklmnopqrstuv.wxyz0123456789",
			"key-0123456789abcdef0123456789abcdef", "hvs.abcdefgh12345678", "s.abcdefghijklmnopqrstuvW1",
			"abc8Q~abcdefghijklmnopqrstuvwxyz0123456789", "123456789:abcdefghijklmnopqrstuvwxyz012345678",
			"MABCDEFGHIJKLMNOPQRSTUV.abcdef.abcdefghijklmnopqrstuvwxyz0", "0123456789abcdef0123456789abcdef-us12",
			"re_abcdef12_abcdefghijklmnopqrst", "dp.pt.abcdefghijklmnopqrstuvwxyz012345", "abcdefghijklmn.atlasv1.",
			"pat-na1-01234567-89ab-cdef-0123-456789abcdef", "sdk-01234567-89ab-cdef-0123-456789abcdef",
			"01234567-89ab-cdef-0123-456789abcdef", "0123456789abcdef0123456789abcdef01234567", "aB3/".repeat(11),
			"x".repeat(39), "x".repeat(40), "x-".repeat(21), "aB3dE5gH7jK9mN1p", "how-to-bake-bread-in-2026",
			"org.springframework.security.UsernamePasswordAuthenticationToken", "OrderService#placeOrder", "/home/",
			"/home/bob/x", "/home/admin", "C:\\Users\\bob\\x", "\\Users\\", "/Users/bob", "~bob/x", "~",
			"\\\\host\\users\\bob\\", "file:///home/bob", "/var/mail/bob", "/a/b/c/home/x", "GET /home/x",
			"/srv/people/malice", "malice", "Malice", "malicex", "xmalice", "build-7", "build-7.example.com", "BUILD-7",
			"10.0.0.5", "1.2.3.4", "1.2.3", "1.2.3.4.5", "255.255.255.255", "256.1.1.1", "v10.0.0.1",
			"Chrome/131.0.0.0", "ip-10-0-0-5.ec2.internal", "10-0-0-5.sslip.io", "1-2-3-4", "10-0-0-5", "a10-0-0-5",
			"fe80::1", "::1", "2001:db8::1", "a::b", "std::string", "::ffff:1.2.3.4", "fe80::1%eth0",
			"00:1a:2b:3c:4d:5e", "00-1a-2b-3c-4d-5e", "00_1a_2b_3c_4d_5e", "001a.2b3c.4d5e", "00.11.22.33.44.55",
			"00e0-fc12-3456", "12:30:00", "2026-11-30 12:30:00", "2026-11-30T12:30:00.000Z", "20:26:11:30:12:30",
			"mac 001122334455", "hw_addr=001122-334455", "hardware address: 001122334455", "1.0.0.0.ip6.arpa",
			"fe80--1.ipv6-literal.net", "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111",
			"card4111111111111111", "4111.1111.1111.1111", "4111, 1111, 1111, 1111", "378282246310005",
			"3782 822463 10005", "5018000000000000", "123456789012", "1234567890123", "1 2 3 4 5 6 7 8 9 0 1 2 3",
			"<password>", "</password>", "<key>password</key><string>", "<add key=\"password\" value=\"", "<a",
			"<property name=", "<![CDATA[", "]]>", "{\"name\":\"password\",\"value\":\"",
			"- name: DB_PASSWORD\n  value: ", "variable \"password\" ", "name=\"token\"\r\n\r\n",
			"value=x1 name=password", "Authorization: Bearer ", "Cookie: id=", "bearer ", "basic ", "negotiate ",
			"IDENTIFIED BY ", "login bob password ", "setPassword(\"", "withToken(\"", "(password, ",
			"\"--password\",\"", "\"authorization\", \"", "? password\n: ", "token+abcdefgh1", "basic+", "?a=b&c=d",
			"io.jsonwebtoken:jjwt-api:0.12.5", "[.]", "(at)", "(dot)", "[@]", " (at) ", "%40", "%2e", "%25", "%C3%A9",
			"%u0040", "\\u0040", "\\x40", "\\100", "\\u{40}", "&#64;", "&#x40;", "&commat;", "&amp;", "&lt;", "\u200b",
			"\u00ad", "\uff20", "\uff0e", "\u2024", "\u00a0", "\u0663", "\ud83d\ude00", "\ud83d", "\udc00", "\u2010",
			"\u0000", "\u001b", "\u007f", "\u0080", "\u00ff", "\u212a", "\u017f", "\u0130", "[", "]", "(", ")", "{",
			"}", "<", ">", "|", ";", "!", "?", "#", "$", "*", "^", "`", "'", "\"", "\\", "/", "&", "%", "+", "~", ",",
			".", "_", "-", "0", "1", "9", "a", "z", "A", "Z");

	private static final List<String> WORDS = List.of("the", "order", "was", "placed", "is", "are", "by", "a", "of",
			"customer", "with", "checkout", "page", "in", "Paris", "then", "token", "basic", "Order", "shipped", "to",
			"password", "key", "code", "expired", "missing", "invalid", "http", "login", "connection", "user", "home",
			"http://example.com/shop/items?page=2&sort=price", "java.lang.IllegalStateException:", "42", "3.14", "2026",
			"EUR", "e.g.", "set", "reset", "auth", "oauth", "host", "local", "est", "lautet", "ist", "for", "sid");

	private static final List<String> BLANKS = List.of(" ", " ", " ", " ", ", ", ". ", "\n", " - ", ": ", "\t");

	private static final List<String> CORPUS = Stream.of(RedactionCorpusTests.SECRETS, RedactionCorpusTests.HARMLESS)
		.flatMap(Collection::stream)
		.map(CorpusLine::text)
		.toList();

	private static final List<String> CORPUS_PARTS = CORPUS.stream()
		.flatMap((line) -> Stream.of(line.split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])")))
		.distinct()
		.toList();

	private static final String BOUNDARIES = "\0\t\n\r !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\u007f\u0080\u00a0\u00ad\u00ff\u0130\u017f\u0661\u200b\u2013\u2018\u201c\u2022\u2192\u2254\u212a\u3002\uff0d\uff1a\uff20\ufeff\ud83d\ude00\uffff";

	private final SplittableRandom random;

	AdversarialTexts(long seed) {
		this.random = new SplittableRandom(seed);
	}

	String next() {
		String text = switch (this.random.nextInt(8)) {
			case 0, 1 -> statement() + (chance(3) ? statement() : "");
			case 2, 3 -> some(PIECES, 8);
			case 4 -> prose();
			case 5 -> one(CORPUS);
			case 6 -> some(CORPUS_PARTS, 16);
			default -> anything();
		};
		for (int i = this.random.nextInt(4); i > 0; i--) {
			text = changed(text);
		}
		return text;
	}

	private String statement() {
		String before = chance(2) ? "" : one(List.of("\"", "'", "-", "--", "{\"", "&", "?", ";", "<", "\n", " ", "x."));
		return before + one(NAMES) + one(BETWEEN) + one(chance(6) ? PIECES : VALUES)
				+ one(List.of("", "", "\"", "'", ";", "&", "\n", " ", "</"));
	}

	private String prose() {
		StringBuilder prose = new StringBuilder();
		for (int i = this.random.nextInt(12); i >= 0; i--) {
			prose.append(one(switch (this.random.nextInt(6)) {
				case 0 -> NAMES;
				case 1 -> VALUES;
				default -> WORDS;
			})).append(one(BLANKS));
		}
		return prose.toString();
	}

	private String anything() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(10); i >= 0; i--) {
			text.append(switch (this.random.nextInt(6)) {
				case 0 -> one(NAMES);
				case 1 -> one(BETWEEN);
				case 2 -> one(PIECES);
				case 3 -> one(CORPUS_PARTS);
				case 4 -> String.valueOf(boundary());
				default -> one(WORDS);
			});
		}
		return text.toString();
	}

	private String changed(String text) {
		if (text.isEmpty()) {
			return text;
		}
		int at = this.random.nextInt(text.length());
		return switch (this.random.nextInt(10)) {
			case 0 -> text.substring(0, at) + boundary() + text.substring(at);
			case 1 -> text.substring(0, at) + text.substring(at + 1);
			case 2 -> text.substring(0, at) + boundary() + text.substring(at + 1);
			case 3 -> text.substring(at);
			case 4 -> text.substring(0, at) + one(PIECES) + text.substring(at);
			case 5 -> text.toUpperCase(Locale.ROOT);
			case 6 -> text.substring(0, at) + escaped(text.charAt(at)) + text.substring(at + 1);
			case 7 -> text.substring(0, at) + text.substring(at).toUpperCase(Locale.ROOT);
			case 8 -> text + text.substring(at);
			default -> text;
		};
	}

	private String escaped(char c) {
		return switch (this.random.nextInt(5)) {
			case 0 -> String.format(Locale.ROOT, "%%%02X", c & 0x7f);
			case 1 -> String.format(Locale.ROOT, "\\u%04x", (int) c);
			case 2 -> "&#" + (int) c + ";";
			case 3 -> (c > ' ' && c < 127) ? String.valueOf((char) (c + 0xfee0)) : "\u200b" + c;
			default -> String.format(Locale.ROOT, "%%25%02x", c & 0x7f);
		};
	}

	private char boundary() {
		return BOUNDARIES.charAt(this.random.nextInt(BOUNDARIES.length()));
	}

	private String some(List<String> parts, int most) {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(most); i >= 0; i--) {
			text.append(one(parts));
			if (chance(3)) {
				text.append(one(BLANKS));
			}
		}
		return text.toString();
	}

	private String one(List<String> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private boolean chance(int of) {
		return this.random.nextInt(of) == 0;
	}

}
