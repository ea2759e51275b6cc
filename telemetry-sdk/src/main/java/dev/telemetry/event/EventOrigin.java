package dev.telemetry.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What all events of one consent session have in common: the tool that records, and where
 * it runs. Made by the system when a session opens, so callers cannot forge it. Texts are
 * trimmed and cut at 256 characters; a blank one counts as {@code null}, a blank tool or
 * version as {@code unknown}.
 *
 * @param tool the name of the tool
 * @param toolVersion the version of the tool
 * @param machineId the identifier of this installation, 64 hex digits, or {@code null}
 * when the id mode is {@code none}
 * @param sessionId the identifier of the consent session, 32 hex digits, or {@code null}
 * @param os the operating system's family, for example {@code linux}, or {@code null}
 * @param arch the processor architecture, for example {@code amd64}, or {@code null}
 * @param javaVersion the major version of Java, for example {@code 17}, or {@code null}
 */
public record EventOrigin(String tool, String toolVersion, @Nullable String machineId, @Nullable String sessionId,
		@Nullable String os, @Nullable String arch, @Nullable String javaVersion) {

	/** The longest text, in {@code char}s: what is longer is cut. */
	static final int MAX_LENGTH = 256;

	private static final String UNKNOWN = "unknown";

	public EventOrigin {
		tool = Objects.requireNonNullElse(Text.name(tool, MAX_LENGTH), UNKNOWN);
		toolVersion = Objects.requireNonNullElse(Text.name(toolVersion, MAX_LENGTH), UNKNOWN);
		machineId = Text.name(machineId, MAX_LENGTH);
		sessionId = Text.name(sessionId, MAX_LENGTH);
		os = Text.name(os, MAX_LENGTH);
		arch = Text.name(arch, MAX_LENGTH);
		javaVersion = Text.name(javaVersion, MAX_LENGTH);
	}

	/**
	 * Create an origin that states only which tool records.
	 * @param tool the name of the tool
	 * @param toolVersion the version of the tool
	 * @return the origin
	 */
	public static EventOrigin of(String tool, String toolVersion) {
		return new EventOrigin(tool, toolVersion, null, null, null, null, null);
	}

}
