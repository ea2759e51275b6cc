package dev.telemetry.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the name of a host says by itself. */
public final class HostName {

	private HostName() {
	}

	/**
	 * Return whether a host is this machine, by its name alone.
	 * @param host a name or the literal of an address, IPv6 in brackets
	 * @return {@code true} for {@code localhost} and the literals of loopback addresses
	 */
	public static boolean isLoopback(String host) {
		if (host.equalsIgnoreCase("localhost")) {
			return true;
		}
		boolean literal = (host.startsWith("[") && host.indexOf('%') < 0) || isIpv4(host);
		try {
			// Of a literal only the format is checked: nothing is looked up
			return literal && InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static boolean isIpv4(String host) {
		String[] parts = host.split("\\.", -1);
		if (parts.length != 4) {
			return false;
		}
		for (String part : parts) {
			boolean digits = !part.isEmpty() && part.length() <= 3
					&& part.chars().allMatch((c) -> c >= '0' && c <= '9');
			if (!digits || Integer.parseInt(part) > 255) {
				return false;
			}
		}
		return true;
	}

}
