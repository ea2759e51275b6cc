package dev.telemetry.pipeline;

/** Tells network addresses from what only looks like one. */
final class NetworkAddresses {

	private static final int IPV6_GROUPS = 8;

	private static final int MAC_GROUPS = 6;

	private NetworkAddresses() {
	}

	/**
	 * Say whether four numbers with dots are an IPv4 address.
	 * @param quad four groups of one to three digits
	 * @return whether none is above 255
	 */
	static boolean isIpv4(String quad) {
		int value = 0;
		for (int i = 0; i < quad.length(); i++) {
			char c = quad.charAt(i);
			value = (c == '.') ? 0 : value * 10 + (c - '0');
			if (value > 255) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Say whether hexadecimal groups with colons are an IPv6 address (RFC 4291, section
	 * 2.2) or a MAC address. A time of day is neither.
	 * @param groups hexadecimal digits, colons, and perhaps an IPv4 address or a zone at
	 * the end
	 * @return whether it is an address
	 */
	static boolean isIpv6OrMac(String groups) {
		int zone = groups.indexOf('%');
		String address = (zone < 0) ? groups : groups.substring(0, zone);
		int gap = address.indexOf("::");
		if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
			return false;
		}
		String[] parts = address.split(":", -1);
		int count = 0;
		boolean pairs = true;
		for (String part : parts) {
			if (part.length() > 4 && part.indexOf('.') < 0) {
				return false;
			}
			pairs = pairs && part.length() == 2;
			count += part.isEmpty() ? 0 : (part.indexOf('.') < 0) ? 1 : 2;
		}
		if (gap >= 0) {
			return count > 0 && count < IPV6_GROUPS;
		}
		return count == IPV6_GROUPS || (parts.length == MAC_GROUPS && pairs);
	}

}
