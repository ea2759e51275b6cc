package dev.telemetry.deletion;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The addresses at which a cloud hands out credentials, and their neighbours. */
final class CloudMetadataAddresses {

	/** fd00:ec2::254. */
	private static final byte[] METADATA_IPV6 = HexFormat.of().parseHex("fd000ec2000000000000000000000254");

	private CloudMetadataAddresses() {
	}

	/** Return whether one of them is in 169.254/16 or fe80::/10, or is fd00:ec2::254. */
	static boolean isAnyOf(InetAddress... addresses) {
		return Arrays.stream(addresses)
			.anyMatch((address) -> address.isLinkLocalAddress() || Arrays.equals(address.getAddress(), METADATA_IPV6));
	}

}
