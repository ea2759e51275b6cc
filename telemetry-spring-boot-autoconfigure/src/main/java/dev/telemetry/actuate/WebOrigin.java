package dev.telemetry.actuate;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Where a page or a server is: scheme, host and port, as in RFC 6454.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 literal without brackets
 * @param port the port
 */
record WebOrigin(String scheme, String host, int port) {

	/**
	 * Describe the server as a request addressed it.
	 * @param scheme the scheme of the request
	 * @param host the host, an IPv6 literal with or without brackets
	 * @param port the port
	 * @return the site or {@code null} if the host is not one
	 */
	static @Nullable WebOrigin of(String scheme, @Nullable String host, int port) {
		if (host == null) {
			return null;
		}
		String name = isBracketed(host) ? host.substring(1, host.length() - 1) : host;
		return isHost(name) ? new WebOrigin(scheme.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), port)
				: null;
	}

	/**
	 * Read scheme, host and port, and accept nothing else: no path, no user, no
	 * {@code null}.
	 * @param origin the value of an {@code Origin} header
	 * @return the site or {@code null} if it is malformed
	 */
	static @Nullable WebOrigin parse(String origin) {
		int end = origin.indexOf("://");
		String scheme = (end < 0) ? "" : origin.substring(0, end).toLowerCase(Locale.ROOT);
		if (!scheme.equals("http") && !scheme.equals("https")) {
			return null;
		}
		return parse(scheme, origin.substring(end + 3));
	}

	/**
	 * Read a host with an optional port.
	 * @param scheme gives the port when there is none
	 * @param authority the value of a {@code Host} header, or its like
	 * @return the site or {@code null} if it is malformed
	 */
	static @Nullable WebOrigin parse(String scheme, String authority) {
		int colon = authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']') + 1)
				: authority.indexOf(':');
		String host = (colon < 0) ? authority : authority.substring(0, colon);
		int port = (colon < 0) ? defaultPort(scheme) : parsePort(authority.substring(colon + 1));
		boolean bare = !isBracketed(host) && host.indexOf(':') < 0;
		return (port > 0 && (bare || isBracketed(host))) ? of(scheme, host, port) : null;
	}

	/**
	 * Compare host and port. A default port equals the other scheme's default port:
	 * behind a proxy that ends TLS the scheme the browser used is not known.
	 * @param other the other site
	 * @return whether they are the same
	 */
	boolean hasHostAndPortOf(WebOrigin other) {
		return this.host.equals(other.host) && (this.port == other.port || (isDefaultPort() && other.isDefaultPort()));
	}

	/**
	 * Return whether no name server stands between the name and the machine.
	 * @return {@code true} for {@code localhost} and address literals
	 */
	boolean isLocalhostOrLiteral() {
		return this.host.equals("localhost") || isIpv4(this.host) || isIpv6(this.host);
	}

	private boolean isDefaultPort() {
		return this.port == defaultPort(this.scheme);
	}

	private static int defaultPort(String scheme) {
		return scheme.equalsIgnoreCase("https") ? 443 : 80;
	}

	private static boolean isBracketed(String host) {
		return host.startsWith("[") && host.endsWith("]") && isIpv6(host.substring(1, host.length() - 1));
	}

	private static int parsePort(String port) {
		boolean digits = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(WebOrigin::isDigit);
		return digits ? Integer.parseInt(port) : -1;
	}

	private static boolean isHost(String host) {
		return !host.isEmpty() && (isIpv6(host) || host.chars().allMatch(WebOrigin::isHostCharacter));
	}

	private static boolean isHostCharacter(int character) {
		return isDigit(character) || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| character == '-' || character == '.' || character == '_';
	}

	private static boolean isIpv4(String host) {
		String[] parts = host.split("\\.", -1);
		if (parts.length != 4) {
			return false;
		}
		for (String part : parts) {
			if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(WebOrigin::isDigit)
					|| Integer.parseInt(part) > 255) {
				return false;
			}
		}
		return true;
	}

	private static boolean isIpv6(String host) {
		return host.indexOf(':') >= 0 && host.indexOf(':') != host.lastIndexOf(':')
				&& host.chars().allMatch((character) -> character == ':' || character == '.' || isHex(character));
	}

	private static boolean isHex(int character) {
		return isDigit(character) || (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
	}

	private static boolean isDigit(int character) {
		return character >= '0' && character <= '9';
	}

}
