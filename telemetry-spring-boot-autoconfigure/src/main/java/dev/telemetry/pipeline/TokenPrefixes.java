package dev.telemetry.pipeline;

/**
 * The first characters of the tokens that are recognised by their beginning, to tell
 * quickly that a text has none.
 */
final class TokenPrefixes {

	/** No run of letters, digits, {@code _} and {@code -} in a token is shorter. */
	static final int SHORTEST = 14;

	private static final String[] PREFIXES = { "sk-", "sk_", "rk_", "pk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
			"github_pat_", "glpat-", "glrt-", "gldt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "xox",
			"AIza", "AKIA", "ASIA", "SG.", "npm_", "hf_", "whsec_", "pypi-", "dop_v1_", "shpat_", "shpca_", "shppa_",
			"shpss_", "ya29.", "eyJ" };

	private static final String[][] BY_INITIAL = new String[128][];
	static {
		for (char c = 0; c < 128; c++) {
			String initial = String.valueOf(c);
			BY_INITIAL[c] = java.util.Arrays.stream(PREFIXES)
				.filter((prefix) -> prefix.startsWith(initial))
				.toArray(String[]::new);
		}
	}

	private TokenPrefixes() {
	}

	static boolean occurIn(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < 128 && startsAt(text, i, BY_INITIAL[c])) {
				return true;
			}
		}
		return false;
	}

	private static boolean startsAt(String text, int index, String[] prefixes) {
		for (String prefix : prefixes) {
			if (text.startsWith(prefix, index)) {
				return true;
			}
		}
		return false;
	}

}
