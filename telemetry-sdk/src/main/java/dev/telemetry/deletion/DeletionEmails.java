package dev.telemetry.deletion;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes requests for deletion to be sent by a person, as text and as a link (RFC 6068).
 *
 * @param tool the name of the tool that recorded
 * @param address the address to send the request to, or {@code null} if none is known
 */
record DeletionEmails(String tool, @Nullable String address) {

	/** Longer links are cut by mail programs, and a request must not be. */
	private static final int MAX_LINK = 8192;

	/** What needs no escape anywhere in such a link. */
	private static final String PLAIN = "-._~";

	DeletionEmail write(List<String> ids) {
		String text = "Please delete all usage telemetry of " + printable(this.tool)
				+ " recorded under these installation identifiers (Article 17 GDPR): " + String.join(", ", ids) + ".";
		String link = (this.address != null) ? link(this.address, text) : null;
		return new DeletionEmail(ids, text, (link != null && link.length() <= MAX_LINK) ? link : null);
	}

	private String link(String address, String text) {
		int at = address.lastIndexOf('@');
		return "mailto:" + encode(address.substring(0, at)) + "@" + encode(address.substring(at + 1)) + "?subject="
				+ encode("Data deletion request: " + printable(this.tool)) + "&body=" + encode(text);
	}

	/** A name on more lines than one could add lines to the letter. */
	private static String printable(String name) {
		return name.replaceAll("\\p{Cntrl}", " ");
	}

	/** A space is not a plus here: mail programs would show it. */
	private static String encode(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (octet & 0xff);
			boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
			if (alphanumeric || PLAIN.indexOf(c) >= 0) {
				encoded.append(c);
			}
			else {
				encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
			}
		}
		return encoded.toString();
	}

}
