package dev.telemetry.setting;

import java.util.regex.Pattern;

/**
 * The variables Kubernetes injects into every container for each service of its
 * namespace, in its own form and in that of Docker links. Those of a service called
 * {@code telemetry-collector} look like settings of ours.
 */
final class KubernetesVariables {

	/** Named ports are {@code SERVICE_PORT_<NAME>}. */
	private static final Pattern SERVICE = Pattern.compile("(.+_)?SERVICE_(HOST|PORT|PORT_.+)");

	private static final Pattern LINK = Pattern.compile("(.+_)?PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

	private static final Pattern PORT = Pattern.compile("(.+_)?PORT(_.+)?");

	private static final Pattern ADDRESS = Pattern.compile("(?i)(tcp|udp|sctp)://.*");

	private KubernetesVariables() {
	}

	/**
	 * Return whether a variable tells of a service.
	 * @param setting a setting from a variable
	 * @return whether it is no setting of ours
	 */
	static boolean isServiceLink(Setting setting) {
		String key = setting.key();
		if (EventSetting.of(setting) != null) {
			// Protects, and no port is called like that
			return false;
		}
		return SERVICE.matcher(key).matches() || LINK.matcher(key).matches() || key.equals("PORT")
				|| key.startsWith("PORT_")
				|| (PORT.matcher(key).matches() && ADDRESS.matcher(setting.text().strip()).matches());
	}

}
