package dev.telemetry.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

/**
 * What the endpoint shows beside the status, each a path of its own over HTTP and an
 * operation of its own over JMX. Only looks: nothing is created or changed.
 */
@RegisterReflectionForBinding({ TelemetryViews.EventsDescriptor.class, NoticeView.NoticeDescriptor.class })
public final class TelemetryViews {

	static final int DEFAULT_LIMIT = 100;

	private static final int MAX_LIMIT = 1000;

	private final LocalLogReader log;

	private final NoticeView notice;

	private final PersonalDataExport export;

	public TelemetryViews(LocalLogReader log, NoticeView notice, PersonalDataExport export) {
		this.log = log;
		this.notice = notice;
		this.export = export;
	}

	/**
	 * Return what a yes agrees to.
	 * @return today's notice, and how it differs from the one agreed to
	 */
	public NoticeDescriptor notice() {
		return this.notice.show();
	}

	/**
	 * Return the newest lines of the local log.
	 * @param limit how many, 1 to 1000; without it 100
	 * @return the events, the oldest of them first
	 */
	public EventsDescriptor events(@Nullable Integer limit) {
		int wanted = (limit != null) ? limit : DEFAULT_LIMIT;
		if (wanted < 1 || wanted > MAX_LIMIT) {
			throw new InvalidEndpointRequestException("'limit' must be 1 to " + MAX_LIMIT,
					"'limit' must be 1 to " + MAX_LIMIT);
		}
		try {
			return EventsDescriptor.of(this.log.newest(wanted));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The local log cannot be read", ex);
		}
	}

	/**
	 * Return everything kept here about this installation, made while it is read.
	 * @return one JSON document
	 */
	public Resource export() {
		return new InputStreamResource(this.export::open, "telemetry export");
	}

	/**
	 * The newest lines of the local log.
	 *
	 * @param events the events as they are in the log, the oldest first
	 * @param skipped how many lines among them were no events
	 */
	public record EventsDescriptor(List<Map<String, Object>> events, int skipped) {

		static EventsDescriptor of(LocalLogReader.Page page) {
			return new EventsDescriptor(page.events(), page.skipped());
		}

	}

}
