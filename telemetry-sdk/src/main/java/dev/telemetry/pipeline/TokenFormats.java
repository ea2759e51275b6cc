package dev.telemetry.pipeline;

import java.util.List;

/**
 * The tokens that are recognised by how they begin, as those who issue them publish it,
 * and a few by their shape.
 */
final class TokenFormats {

	private static final List<TokenFormat> FORMATS = List.of(
			// GitHub, GitLab, Bitbucket, Atlassian
			TokenFormat.anywhere("ghp_", Body.WORD, 10), TokenFormat.anywhere("gho_", Body.WORD, 10),
			TokenFormat.anywhere("ghu_", Body.WORD, 10), TokenFormat.anywhere("ghs_", Body.WORD, 10),
			TokenFormat.anywhere("ghr_", Body.WORD, 10), TokenFormat.anywhere("github_pat_", Body.WORD, 10),
			TokenFormat.anywhere("glpat-", Body.DOTTED, 10), TokenFormat.anywhere("gldt-", Body.DOTTED, 10),
			TokenFormat.anywhere("glrt-", Body.DOTTED, 10), TokenFormat.anywhere("glcbt-", Body.DOTTED, 10),
			TokenFormat.anywhere("glptt-", Body.DOTTED, 10), TokenFormat.anywhere("glft-", Body.DOTTED, 10),
			TokenFormat.anywhere("glsoat-", Body.DOTTED, 10), TokenFormat.anywhere("glagent-", Body.DOTTED, 10),
			TokenFormat.anywhere("gloas-", Body.DOTTED, 10), TokenFormat.anywhere("glimt-", Body.DOTTED, 10),
			TokenFormat.anywhere("glffct-", Body.DOTTED, 10), TokenFormat.of("GR1348941", Body.WORD, 20),
			TokenFormat.of("ATATT3", Body.WORD, 30), TokenFormat.of("ATCTT3", Body.WORD, 30),
			TokenFormat.of("ATBB", Body.ALPHANUMERIC, 24),
			// Slack
			TokenFormat.anywhere("xoxa-", Body.DOTTED, 10), TokenFormat.anywhere("xoxb-", Body.DOTTED, 10),
			TokenFormat.anywhere("xoxc-", Body.DOTTED, 10), TokenFormat.anywhere("xoxd-", Body.DOTTED, 10),
			TokenFormat.anywhere("xoxe-", Body.DOTTED, 10), TokenFormat.anywhere("xoxe.", Body.DOTTED, 10),
			TokenFormat.anywhere("xoxo-", Body.DOTTED, 10), TokenFormat.anywhere("xoxp-", Body.DOTTED, 10),
			TokenFormat.anywhere("xoxr-", Body.DOTTED, 10), TokenFormat.anywhere("xoxs-", Body.DOTTED, 10),
			TokenFormat.of("xapp-", Body.WORD, 20), TokenFormat.of("xwfp-", Body.WORD, 20),
			// Google, AWS, Azure AD and others by shape below, Alibaba, Yandex,
			// DigitalOcean, Heroku, Fly.io
			TokenFormat.anywhere("AIza", Body.WORD, 16), TokenFormat.of("GOCSPX-", Body.WORD, 16),
			TokenFormat.anywhere("ya29.", Body.WORD, 16), TokenFormat.of("1//0", Body.WORD, 20),
			TokenFormat.anywhere("AKIA", Body.UPPER, 12), TokenFormat.anywhere("ASIA", Body.UPPER, 12),
			TokenFormat.of("ABIA", Body.UPPER, 16), TokenFormat.of("ACCA", Body.UPPER, 16),
			TokenFormat.of("ABSK", Body.BASE64, 40), TokenFormat.of("LTAI", Body.ALPHANUMERIC, 12),
			TokenFormat.of("AQVN", Body.WORD, 30), TokenFormat.of("dop_v1_", Body.WORD, 16),
			TokenFormat.of("doo_v1_", Body.WORD, 16), TokenFormat.of("dor_v1_", Body.WORD, 16),
			TokenFormat.of("HRKU-", Body.WORD, 20), TokenFormat.of("fo1_", Body.WORD, 30),
			TokenFormat.of("fm1r_", Body.BASE64, 40), TokenFormat.of("fm2_", Body.BASE64, 40),
			TokenFormat.of("nfp_", Body.WORD, 24), TokenFormat.of("vcp_", Body.WORD, 24),
			TokenFormat.of("rnd_", Body.ALPHANUMERIC, 24), TokenFormat.of("tk-us-", Body.WORD, 40),
			TokenFormat.of("tskey-", Body.WORD, 20), TokenFormat.of("sha256~", Body.WORD, 40),
			TokenFormat.of("v1.0-", Body.WORD, 60),
			// Stripe and other payments, Shopify
			TokenFormat.of("sk_live_", Body.WORD, 10), TokenFormat.of("sk_test_", Body.WORD, 10),
			TokenFormat.of("rk_live_", Body.WORD, 10), TokenFormat.of("rk_test_", Body.WORD, 10),
			TokenFormat.of("pk_live_", Body.WORD, 10), TokenFormat.of("pk_test_", Body.WORD, 10),
			TokenFormat.of("whsec_", Body.BASE64, 16), TokenFormat.of("EAAA", Body.WORD, 24),
			TokenFormat.of("EAAC", Body.WORD, 24), TokenFormat.of("EAAG", Body.WORD, 24),
			TokenFormat.of("sq0atp-", Body.WORD, 20), TokenFormat.of("sq0csp-", Body.WORD, 20),
			TokenFormat.of("sq0idp-", Body.WORD, 20), TokenFormat.of("FLWSECK", Body.WORD, 12),
			TokenFormat.of("shippo_live_", Body.WORD, 16), TokenFormat.of("shippo_test_", Body.WORD, 16),
			TokenFormat.of("EZAK", Body.ALPHANUMERIC, 40), TokenFormat.of("EZTK", Body.ALPHANUMERIC, 40),
			TokenFormat.of("duffel_test_", Body.WORD, 16), TokenFormat.of("duffel_live_", Body.WORD, 16),
			TokenFormat.of("shpat_", Body.WORD, 16), TokenFormat.of("shpca_", Body.WORD, 16),
			TokenFormat.of("shppa_", Body.WORD, 16), TokenFormat.of("shpss_", Body.WORD, 16),
			// Mail and messages
			TokenFormat.of("SG.", Body.DOTTED, 33), TokenFormat.of("key-", Body.HEX, 32),
			TokenFormat.of("pubkey-", Body.HEX, 32), TokenFormat.of("xkeysib-", Body.WORD, 20),
			TokenFormat.of("xsmtpsib-", Body.WORD, 20), TokenFormat.of("SK", Body.HEX, 32),
			// Registries of packages and images
			TokenFormat.of("npm_", Body.ALPHANUMERIC, 16), TokenFormat.of("pypi-", Body.WORD, 16),
			TokenFormat.of("rubygems_", Body.HEX, 32), TokenFormat.of("oy2", Body.ALPHANUMERIC, 43),
			TokenFormat.of("cio", Body.ALPHANUMERIC, 32), TokenFormat.of("dckr_pat_", Body.WORD, 16),
			TokenFormat.of("dckr_oat_", Body.WORD, 16), TokenFormat.of("CLOJARS_", Body.WORD, 32),
			TokenFormat.of("AKCp", Body.ALPHANUMERIC, 40),
			// Secrets and infrastructure
			TokenFormat.of("hvs.", Body.WORD, 16), TokenFormat.of("hvb.", Body.WORD, 16),
			TokenFormat.of("hvr.", Body.WORD, 16), TokenFormat.of("pul-", Body.HEX, 32),
			TokenFormat.of("ops_eyJ", Body.BASE64, 40), TokenFormat.of("AGE-SECRET-KEY-1", Body.ALPHANUMERIC, 40),
			TokenFormat.of("bkua_", Body.WORD, 32), TokenFormat.of("CCIPAT_", Body.WORD, 20),
			TokenFormat.of("API-", Body.UPPER, 26), TokenFormat.of("pnu_", Body.WORD, 24),
			TokenFormat.of("ico-", Body.ALPHANUMERIC, 32), TokenFormat.of("dnkey-", Body.WORD, 40),
			TokenFormat.of("sgp_", Body.WORD, 32),
			// Data and models
			TokenFormat.of("dapi", Body.WORD, 32), TokenFormat.of("hf_", Body.ALPHANUMERIC, 16),
			TokenFormat.of("pscale_", Body.DOTTED, 32), TokenFormat.of("sbp_", Body.WORD, 32),
			TokenFormat.of("napi_", Body.WORD, 32), TokenFormat.of("secret_", Body.ALPHANUMERIC, 32),
			TokenFormat.of("ntn_", Body.WORD, 32), TokenFormat.of("lin_api_", Body.WORD, 24),
			TokenFormat.of("lin_oauth_", Body.WORD, 24), TokenFormat.of("sk-", Body.WORD, 16),
			TokenFormat.of("gsk_", Body.WORD, 24), TokenFormat.of("pplx-", Body.WORD, 24),
			TokenFormat.of("r8_", Body.WORD, 24), TokenFormat.of("xai-", Body.WORD, 24),
			TokenFormat.of("lsv2_", Body.WORD, 24), TokenFormat.of("tvly-", Body.WORD, 24),
			TokenFormat.of("fw_", Body.ALPHANUMERIC, 22),
			// Observing
			TokenFormat.of("glsa_", Body.WORD, 20), TokenFormat.of("glc_", Body.BASE64, 20),
			TokenFormat.of("NRAK-", Body.WORD, 20), TokenFormat.of("NRII-", Body.WORD, 20),
			TokenFormat.of("NRJS-", Body.WORD, 16), TokenFormat.of("NRRA-", Body.WORD, 20),
			TokenFormat.of("dt0c01.", Body.DOTTED, 30), TokenFormat.of("dt0s01.", Body.DOTTED, 30),
			TokenFormat.of("sntrys_", Body.BASE64, 24), TokenFormat.of("sntryu_", Body.WORD, 24),
			TokenFormat.of("hcaik_", Body.WORD, 24), TokenFormat.of("squ_", Body.WORD, 32),
			TokenFormat.of("sqp_", Body.WORD, 32), TokenFormat.of("sqa_", Body.WORD, 32),
			TokenFormat.of("ddp_", Body.WORD, 24), TokenFormat.of("ddapp_", Body.WORD, 24),
			// Products
			TokenFormat.of("figd_", Body.WORD, 24), TokenFormat.of("PMAK-", Body.WORD, 24),
			TokenFormat.of("tfp_", Body.WORD, 24), TokenFormat.of("sl.", Body.WORD, 60),
			TokenFormat.of("pk.eyJ", Body.DOTTED, 40), TokenFormat.of("sk.eyJ", Body.DOTTED, 40),
			TokenFormat.of("CFPAT-", Body.WORD, 24), TokenFormat.of("rdme_", Body.WORD, 32),
			TokenFormat.of("fio-u-", Body.WORD, 32), TokenFormat.of("waka_", Body.WORD, 32),
			TokenFormat.of("p8e-", Body.ALPHANUMERIC, 24), TokenFormat.of("lip_", Body.ALPHANUMERIC, 20),
			TokenFormat.of("v2.local.", Body.DOTTED, 32), TokenFormat.of("v4.local.", Body.DOTTED, 32),
			TokenFormat.of("v2.public.", Body.DOTTED, 32), TokenFormat.of("v4.public.", Body.DOTTED, 32),
			TokenFormat.of("v3.local.", Body.DOTTED, 32), TokenFormat.of("v3.public.", Body.DOTTED, 32));

	private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

	private static final String BEGIN = "(?<![\\w.~-])";

	private static final List<Shape> SHAPES = List.of(
			// Client secrets of Microsoft Entra, bots of Telegram and Discord, Mailchimp
			Shape.with("Q~", BEGIN + "[\\w.~]{3}\\dQ~[\\w.~-]{31,40}+"),
			Shape.with(":", "(?<![\\w:])\\d{8,10}:[\\w-]{35}(?![\\w-])"),
			Shape.with(".", BEGIN + "[MNO][\\w-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,40}+"),
			Shape.with("-us", BEGIN + "[0-9a-f]{32}-us\\d{1,2}(?!\\w)"),
			// Resend, Doppler
			Shape.with("re_", BEGIN + "re_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,}+"),
			Shape.with("dp.", BEGIN + "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{32,}+"),
			// Vault before 1.10, Terraform Cloud, Airtable, Yandex Cloud
			new Shape("s.", new PatternRule(BEGIN + "s\\.[A-Za-z0-9]{24}(?![\\w.])", TokenFormats::isRandom)),
			Shape.with(".atlasv1.", BEGIN + "[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,}+"),
			Shape.with("pat", BEGIN + "pat[A-Za-z0-9]{14}\\.[0-9a-f]{40,}+"),
			Shape.with("t1.", BEGIN + "t1\\.[\\w-]{10,64}={0,2}\\.[\\w-]{60,}+"),
			// A UUID with a name in front: Plaid, HubSpot, LaunchDarkly, WakaTime
			Shape.with("access-", BEGIN + "access-(?:sandbox|development|production)[_-]" + UUID),
			Shape.with("pat-", BEGIN + "pat-[a-z]{2}\\d[_-]" + UUID), Shape.with("sdk", BEGIN + "sdk[_-]" + UUID),
			Shape.with("mob", BEGIN + "mob[_-]" + UUID), Shape.with("waka", BEGIN + "waka[_-]" + UUID));

	/** No run of letters, digits, {@code _} and {@code -} in a token is shorter. */
	static final int SHORTEST = 14;

	/** By the first two characters, of which five bits each tell enough. */
	private static final TokenFormat[][] BY_BEGINNING = new TokenFormat[1 << 10][];

	/** Those that count within a word, of which there are few. */
	private static final TokenFormat[][] INSIDE_BY_BEGINNING = new TokenFormat[1 << 10][];
	static {
		for (int i = 0; i < BY_BEGINNING.length; i++) {
			int place = i;
			List<TokenFormat> formats = FORMATS.stream().filter((format) -> format.place() == place).toList();
			BY_BEGINNING[i] = formats.toArray(TokenFormat[]::new);
			INSIDE_BY_BEGINNING[i] = formats.stream().filter(TokenFormat::inside).toArray(TokenFormat[]::new);
		}
	}

	/** A bit for each shape whose part could begin so. */
	private static final int[] SHAPES_BY_BEGINNING = new int[1 << 10];
	static {
		for (int i = 0; i < SHAPES.size(); i++) {
			String part = SHAPES.get(i).part();
			for (char second = 0; second < 32; second++) {
				if (part.length() == 1 || (part.charAt(1) & 31) == second) {
					SHAPES_BY_BEGINNING[place(part.charAt(0), second)] |= 1 << i;
				}
			}
		}
	}

	/** Whether anything could begin so. */
	private static final boolean[] BEGINNINGS = new boolean[1 << 10];
	static {
		for (int i = 0; i < BEGINNINGS.length; i++) {
			BEGINNINGS[i] = BY_BEGINNING[i].length > 0 || SHAPES_BY_BEGINNING[i] != 0;
		}
	}

	private TokenFormats() {
	}

	/**
	 * Say whether a token could begin somewhere in a text, by how it begins, or by a part
	 * of its shape.
	 */
	static boolean couldBeIn(String text) {
		int last = text.length() - 1;
		char c = text.charAt(0);
		for (int i = 0; i < last; i++) {
			char next = text.charAt(i + 1);
			if (BEGINNINGS[place(c, next)] && couldBegin(text, i, place(c, next))) {
				return true;
			}
			c = next;
		}
		return false;
	}

	private static boolean couldBegin(String text, int index, int place) {
		boolean inside = index > 0 && Ascii.isAlphanumeric(text.charAt(index - 1));
		for (TokenFormat format : inside ? INSIDE_BY_BEGINNING[place] : BY_BEGINNING[place]) {
			if (text.startsWith(format.prefix(), index)) {
				return true;
			}
		}
		return couldHaveShape(text, index, SHAPES_BY_BEGINNING[place]);
	}

	private static boolean couldHaveShape(String text, int index, int shapes) {
		for (int bits = shapes; bits != 0; bits &= bits - 1) {
			Shape shape = SHAPES.get(Integer.numberOfTrailingZeros(bits));
			if (text.startsWith(shape.part(), index) && shape.couldBeAt(text, index)) {
				return true;
			}
		}
		return false;
	}

	static void find(CharSequence text, Findings found) {
		ScannedText scanned = new ScannedText(text);
		int shapes = 0;
		boolean digit = false;
		char before = ScannedText.NONE;
		char c = scanned.at(0);
		int i = 0;
		while (i < scanned.length()) {
			char next = scanned.at(i + 1);
			int place = place(c, next);
			shapes |= SHAPES_BY_BEGINNING[place];
			boolean inside = Character.isLetterOrDigit(before);
			int end = endOfToken(inside ? INSIDE_BY_BEGINNING[place] : BY_BEGINNING[place], scanned, i);
			if (end > i) {
				found.add(i, end);
				digit = true;
				shapes = -1;
				i = end;
				before = scanned.at(i - 1);
				c = scanned.at(i);
				continue;
			}
			digit |= Ascii.isDigit(c);
			before = c;
			c = next;
			i++;
		}
		// Names of classes and methods have the length, but seldom a digit
		for (int shape = 0; digit && shape < SHAPES.size(); shape++) {
			if ((shapes & 1 << shape) != 0) {
				SHAPES.get(shape).find(scanned, text, found);
			}
		}
	}

	private static int endOfToken(TokenFormat[] formats, ScannedText text, int index) {
		int end = -1;
		for (TokenFormat format : formats) {
			end = Math.max(end, format.end(text, index));
		}
		return end;
	}

	private static int place(char first, char second) {
		return ((first & 31) << 5) | (second & 31);
	}

	/** Random letters are not all small, as those of a method's name are. */
	private static boolean isRandom(String token) {
		return token.chars().skip(2).anyMatch((c) -> c >= '0' && c <= '9')
				&& token.chars().anyMatch((c) -> c >= 'A' && c <= 'Z');
	}

	/** The characters of which the rest of a token is made. */
	enum Body {

		WORD, DOTTED, ALPHANUMERIC, UPPER, HEX, BASE64;

		boolean has(char c) {
			return switch (this) {
				case WORD -> Ascii.isWord(c);
				case DOTTED -> Ascii.isWord(c) || c == '.';
				case ALPHANUMERIC -> Ascii.isAlphanumeric(c);
				case UPPER -> Ascii.isUpper(c) || Ascii.isDigit(c);
				case HEX -> Ascii.isHex(c);
				case BASE64 -> Ascii.isWord(c) || c == '+' || c == '/' || c == '=';
			};
		}

	}

	/**
	 * A format.
	 *
	 * @param prefix how it begins
	 * @param body what follows
	 * @param shortest how many characters follow at least
	 * @param inside whether it counts within a word too
	 */
	record TokenFormat(String prefix, Body body, int shortest, boolean inside) {

		static TokenFormat of(String prefix, Body body, int shortest) {
			return new TokenFormat(prefix, body, shortest, false);
		}

		static TokenFormat anywhere(String prefix, Body body, int shortest) {
			return new TokenFormat(prefix, body, shortest, true);
		}

		int place() {
			return TokenFormats.place(this.prefix.charAt(0), this.prefix.charAt(1));
		}

		/** Where the token that begins at a position ends, or -1. */
		int end(ScannedText text, int index) {
			if (!begins(text, index)) {
				return -1;
			}
			int start = index + this.prefix.length();
			int end = text.endOfRun(start, this.body::has);
			while (end > start && text.is(end - 1, '.')) {
				end--;
			}
			return (end - start >= this.shortest) ? end : -1;
		}

		private boolean begins(ScannedText text, int index) {
			for (int i = 0; i < this.prefix.length(); i++) {
				if (text.at(index + i) != this.prefix.charAt(i)) {
					return false;
				}
			}
			return true;
		}

	}

	/**
	 * A token that is recognised by its shape.
	 *
	 * @param part what it has somewhere; most texts have none of it and are spared the
	 * rule
	 * @param rule finds it
	 */
	private record Shape(String part, RedactionRule rule) {

		static Shape with(String part, String pattern) {
			return new Shape(part, new PatternRule(pattern));
		}

		/** A colon and a dot alone say little: what is around them must fit. */
		boolean couldBeAt(String text, int index) {
			return switch (this.part) {
				case ":" -> index > 0 && Ascii.isDigit(text.charAt(index - 1)) && isEndOfWord(text, index + 36)
						&& Ascii.isWord(text.charAt(index + 35));
				case "." -> index + 7 < text.length() && text.charAt(index + 7) == '.';
				default -> true;
			};
		}

		private static boolean isEndOfWord(String text, int index) {
			return index == text.length() || (index < text.length() && !Ascii.isWord(text.charAt(index)));
		}

		void find(ScannedText scanned, CharSequence text, Findings found) {
			if (scanned.contains(this.part)) {
				this.rule.find(text, found);
			}
		}

	}

}
