package dev.telemetry.pipeline;

/**
 * Looks once over a text and says which rules could find something in it. Most texts need
 * none. What it says is never too little: the rules find the same when all of them look
 * that {@link WideScan} allows.
 * <p>
 * It goes by runs of letters and digits, and looks closer at what is between them: an
 * equals sign counts behind letters of a secret's name only, a blank behind a scheme of
 * authentication, a dot between digits. What it looks back or ahead at is bounded, so
 * that the time is linear.
 */
final class TextScan implements RedactionRules.Triggers {

	static final int ADDRESS = 1;

	static final int CREDENTIAL = 1 << 1;

	static final int TOKEN = 1 << 2;

	static final int RUN = 1 << 3;

	static final int GROUPS = 1 << 4;

	static final int DASHES = 1 << 5;

	static final int NUMBERS = 1 << 6;

	static final int CARD = 1 << 7;

	static final int PATH = 1 << 8;

	static final int OWN = 1 << 9;

	/** There is something to resolve before the rules can read it. */
	static final int ESCAPES = 1 << 10;

	static final int COMMAND = 1 << 11;

	static final int HOOK = 1 << 12;

	static final int HARDWARE = 1 << 13;

	static final int ZONE = 1 << 14;

	static final int WEB_TOKEN = 1 << 15;

	static final int NAMED = 1 << 16;

	static final int MARKUP = 1 << 17;

	static final int KEY_FILE = 1 << 18;

	static final int ACCOUNT = 1 << 19;

	/** Every rule. */
	static final int ALL = (1 << 20) - 1;

	private final WideScan wide;

	private final LocalNames ownNames;

	private final int[] kinds;

	TextScan(LocalNames ownNames) {
		this.wide = new WideScan(ownNames);
		this.ownNames = ownNames;
		this.kinds = CloseScan.kinds(ownNames);
	}

	/**
	 * Say which rules have to look at a text.
	 * @param text the text
	 * @return the triggers, 0 if there is nothing to redact
	 */
	int scan(String text) {
		if (this.wide.isPlainWord(text)) {
			return 0;
		}
		int close = close(text);
		return (close == 0) ? 0 : close & wide(text);
	}

	@Override
	public int wide(String text) {
		return this.wide.scan(text);
	}

	@Override
	public int close(String text) {
		return CloseScan.scan(text, this.kinds, this.ownNames);
	}

}
