package dev.telemetry.consent;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.Locale;

/**
 * A receiver beyond this machine, as a notice names it.
 *
 * @param protocol what is spoken, for example {@code otlp}; of a sink that the
 * application brings its name
 * @param scheme for example {@code https}; {@code sink} for one that has no address
 * @param host the host; of a sink without an address its target
 * @param port the port; 0 without an address
 */
public record NoticeDestination(String protocol, String scheme, String host,
		long port) implements Comparable<NoticeDestination> {

	private static final Comparator<NoticeDestination> ORDER = Comparator.comparing(NoticeDestination::protocol)
		.thenComparing(NoticeDestination::host)
		.thenComparing(NoticeDestination::scheme)
		.thenComparingLong(NoticeDestination::port);

	/**
	 * Name the receiver at an address. What has no address counts by its name and what it
	 * says of itself.
	 * @param protocol what is spoken, or the name of the sink
	 * @param target an address, or words
	 * @return the destination
	 */
	public static NoticeDestination of(String protocol, String target) {
		try {
			URI uri = new URI(target);
			if (uri.getScheme() != null && uri.getHost() != null) {
				String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
				return new NoticeDestination(protocol, scheme, uri.getHost().toLowerCase(Locale.ROOT),
						(uri.getPort() >= 0) ? uri.getPort() : defaultPort(scheme));
			}
		}
		catch (URISyntaxException ex) {
			// It is in words
		}
		return new NoticeDestination(protocol, "sink", target, 0);
	}

	private static int defaultPort(String scheme) {
		return switch (scheme) {
			case "https" -> 443;
			case "http" -> 80;
			default -> 0;
		};
	}

	/**
	 * Return whether what may be sent here may be sent there instead.
	 * @param other the other destination
	 * @return {@code true} for the same one, or the same with TLS
	 */
	public boolean covers(NoticeDestination other) {
		if (!this.protocol.equals(other.protocol) || !this.host.equals(other.host)) {
			return false;
		}
		boolean samePort = this.port == other.port;
		if (this.scheme.equals(other.scheme)) {
			return samePort;
		}
		// The same receiver, and nobody on the way reads along any more
		return this.scheme.equals("http") && other.scheme.equals("https")
				&& (samePort || (this.port == 80 && other.port == 443));
	}

	@Override
	public int compareTo(NoticeDestination other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.scheme.equals("sink") ? this.protocol + " (" + this.host + ")"
				: this.protocol + " at " + this.scheme + "://" + this.host + ":" + this.port;
	}

}
