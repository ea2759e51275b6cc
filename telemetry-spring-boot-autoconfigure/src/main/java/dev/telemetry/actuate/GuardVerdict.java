package dev.telemetry.actuate;

import java.nio.charset.StandardCharsets;

/**
 * What the guard makes of a request.
 */
enum GuardVerdict {

	/** Goes on as it is. */
	PASS(200, "", ""),

	/** Goes on, and the guard vouches for the host it names. */
	VOUCH(200, "", ""),

	/** A write a page of another origin caused. */
	CROSS_ORIGIN(403, "cross-origin",
			"a page of another origin caused this; a page has to come from the host and port it writes to, and that "
					+ "host has to be localhost, an address or in telemetry.web.allowed-hosts"),

	/** A host that may have been rebound to this machine. */
	HOST_NOT_ALLOWED(403, "host-not-allowed",
			"browsers may come by localhost, by an address or by a name listed in telemetry.web.allowed-hosts"),

	/** Parameters that would be lost without a word, a scope for example. */
	QUERY_NOT_TAKEN(400, "query-not-taken", "a write takes its parameters as a JSON body, not in the query"),

	/** What would be lost without a word, or count for something it does not say. */
	BODY_NOT_TAKEN(400, "body-not-taken",
			"a write takes a JSON object with the texts 'scope' and 'notice', each at most once, or no body"),

	/** Longer than any command. */
	BODY_TOO_LONG(413, "body-too-long", "a write takes a body of at most 8 KiB"),

	/** Neither JSON nor nothing. */
	NOT_JSON(415, "not-json", "a write takes JSON or no body");

	private final int status;

	private final String code;

	private final String reason;

	GuardVerdict(int status, String code, String reason) {
		this.status = status;
		this.code = code;
		this.reason = reason;
	}

	boolean isRefusal() {
		return this.status != 200;
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

	/**
	 * Return the answer: fixed words, nothing of the request in them.
	 * @return a JSON object
	 */
	byte[] body() {
		return ("{\"refused\":{\"code\":\"" + this.code + "\",\"reason\":\"" + this.reason + "\"}}")
			.getBytes(StandardCharsets.US_ASCII);
	}

}
