package dev.telemetry.autoconfigure;

import java.net.URI;
import java.util.regex.Pattern;

import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.WrongValueException;

/** Judges the addresses of those who are asked for deletion. */
final class DeletionAddress {

	private static final int MAX_MAIL = 254;

	/** One address as people have them; no name, no list, no quotes. */
	private static final Pattern MAIL = Pattern
		.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

	private DeletionAddress() {
	}

	static URI url(String text) {
		URI url;
		try {
			url = OtlpEndpoint.checked(text);
		}
		catch (WrongValueException ex) {
			throw new WrongValueException(ex.problem(), "use an address such as 'https://privacy.example.com/deletion',"
					+ " without user information, query or fragment");
		}
		if (!"https".equalsIgnoreCase(url.getScheme()) && !OtlpEndpoint.isLoopback(url.getHost())) {
			throw new WrongValueException("is plain http to another machine: no request is sent there", "use https");
		}
		return url;
	}

	static String mail(String text) {
		if (text.length() > MAX_MAIL || !MAIL.matcher(text).matches()) {
			throw new WrongValueException("is not one mail address", "use an address such as 'privacy@example.com'");
		}
		return text;
	}

}
