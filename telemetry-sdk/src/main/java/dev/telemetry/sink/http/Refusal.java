package dev.telemetry.sink.http;

import java.util.Objects;

/**
 * What speaks against an acknowledgement although the status is one of success.
 *
 * @param reaction what helps
 * @param text what was found, in our own text, which follows "answered 200 with"
 */
public record Refusal(StatusReaction reaction, String text) {

	/** Not the body of an answer of JSON. */
	public static final Refusal NO_JSON = new Refusal(StatusReaction.FOREIGN, "a body that is not JSON");

	/** What proxies, login pages and servers of another kind answer. */
	static final Refusal WEB_PAGE = new Refusal(StatusReaction.FOREIGN, "a web page");

	static final Refusal UNREADABLE = new Refusal(StatusReaction.FOREIGN, "a body that is not compressed as it says");

	public Refusal {
		Objects.requireNonNull(reaction, "'reaction' must not be null");
		Objects.requireNonNull(text, "'text' must not be null");
	}

}
