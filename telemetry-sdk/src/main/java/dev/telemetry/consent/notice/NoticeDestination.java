package dev.telemetry.consent.notice;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.Locale;

import dev.telemetry.net.HostName;

/**
 * A destination beyond this machine, as a notice names it.
 *
 * @param protocol the protocol, for example {@code otlp}; for a sink of the application
 * its name
 * @param scheme for example {@code https}; {@code sink} for one that has no address
 * @param host the host; of a sink without an address its target
 * @param port the port; 0 without an address
 */
public record NoticeDestination(String protocol, String scheme, String host,
		long port) implements Comparable<NoticeDestination> {

	private static final String NO_ADDRESS = "sink";

	private static final Comparator<NoticeDestination> ORDER = Comparator.comparing(NoticeDestination::protocol)
		.thenComparing(NoticeDestination::host)
		.thenComparing(NoticeDestination::scheme)
		.thenComparingLong(NoticeDestination::port);

	/**
	 * Name the destination at an address. A destination without an address is identified
	 * by its name and its own description.
	 * @param protocol the protocol, or the name of the sink
	 * @param target an address, or a description
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
			// It is a description
		}
		return new NoticeDestination(protocol, NO_ADDRESS, target, 0);
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
	 * @return {@code true} for the same one, the same with TLS, and between destinations
	 * on this machine that speak the same protocol: their ports are often random
	 */
	public boolean covers(NoticeDestination other) {
		if (!this.protocol.equals(other.protocol)) {
			return false;
		}
		if (isLoopback() && other.isLoopback()) {
			return true;
		}
		if (!this.host.equals(other.host)) {
			return false;
		}
		boolean samePort = this.port == other.port;
		if (this.scheme.equals(other.scheme)) {
			return samePort;
		}
		// The same destination, and the connection is encrypted now
		return this.scheme.equals("http") && other.scheme.equals("https")
				&& (samePort || (this.port == 80 && other.port == 443));
	}

	private boolean isLoopback() {
		return !this.scheme.equals(NO_ADDRESS) && HostName.isLoopback(this.host);
	}

	@Override
	public int compareTo(NoticeDestination other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.scheme.equals(NO_ADDRESS) ? this.protocol + " (" + this.host + ")"
				: this.protocol + " at " + this.scheme + "://" + this.host + ":" + this.port;
	}

}
