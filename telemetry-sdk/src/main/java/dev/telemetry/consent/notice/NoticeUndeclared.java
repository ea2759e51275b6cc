package dev.telemetry.consent.notice;

/**
 * What happens to events and attributes that nothing declares.
 *
 * @param recorded whether they are recorded
 * @param retentionSeconds how long they are stored on this machine; 0 when they are
 * dropped
 */
public record NoticeUndeclared(boolean recorded, long retentionSeconds) {

	/** They are dropped. */
	public static final NoticeUndeclared DROPPED = new NoticeUndeclared(false, 0);

	public NoticeUndeclared {
		if (retentionSeconds < 0 || (!recorded && retentionSeconds > 0)) {
			throw new IllegalArgumentException("'retentionSeconds' must be 0 or more, and 0 for what is dropped");
		}
	}

}
