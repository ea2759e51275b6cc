package dev.telemetry.setting;

/** The number of typing errors between two names. */
final class EditDistance {

	private EditDistance() {
	}

	/** Optimal string alignment: insertions, deletions, substitutions and swaps. */
	static int between(String a, String b) {
		int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				d[i][j] = (i == 0 || j == 0) ? i + j : step(d, a, b, i, j);
			}
		}
		return d[a.length()][b.length()];
	}

	/** Return whether there are at most so many, without comparing what cannot be. */
	static boolean isWithin(int limit, String a, String b) {
		return Math.abs(a.length() - b.length()) <= limit && between(a, b) <= limit;
	}

	private static int step(int[][] d, String a, String b, int i, int j) {
		int cost = (a.charAt(i - 1) != b.charAt(j - 1)) ? 1 : 0;
		int best = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
		return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
	}

}
