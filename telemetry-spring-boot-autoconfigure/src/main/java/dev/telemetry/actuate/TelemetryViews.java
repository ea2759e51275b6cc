package dev.telemetry.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.consent.notice.NoticeLanguages;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.ReportQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

/**
 * What the endpoint shows beside the status, each a path of its own over HTTP and an
 * operation of its own over JMX. Only looks: nothing is created or changed.
 */
@RegisterReflectionForBinding({ TelemetryViews.EventsDescriptor.class, NoticeView.NoticeDescriptor.class,
		SentView.SentDescriptor.class })
public final class TelemetryViews {

	static final int DEFAULT_LIMIT = 100;

	private static final int MAX_LIMIT = 1000;

	static final String LIMIT_RULE = "'limit' must be 1 to " + MAX_LIMIT;

	private final LocalLogReader log;

	private final NoticeView notice;

	private final PersonalDataExport export;

	private final SentView sent;

	/**
	 * Create the views.
	 * @param log reads the local log
	 * @param notice shows what consent covers
	 * @param export collects everything
	 * @param sent shows what was sent
	 */
	public TelemetryViews(LocalLogReader log, NoticeView notice, PersonalDataExport export, SentView sent) {
		this.log = log;
		this.notice = notice;
		this.export = export;
		this.sent = sent;
	}

	/**
	 * Return what a grant agrees to.
	 * @param languages the languages of the reader as in {@code Accept-Language}, or
	 * {@code null}
	 * @return today's notice, and how it differs from the one agreed to
	 */
	public NoticeDescriptor notice(@Nullable String languages) {
		return this.notice.show(NoticeLanguages.accepted(languages));
	}

	/**
	 * Return what shows what consent covers.
	 * @return the view
	 */
	NoticeView notice() {
		return this.notice;
	}

	/**
	 * Return the newest lines of the local log.
	 * @param limit how many, 1 to 1000; without it 100
	 * @return the events, the oldest of them first
	 */
	public EventsDescriptor events(@Nullable Integer limit) {
		int wanted = limit(limit);
		try {
			return EventsDescriptor.of(this.log.newest(wanted));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The local log cannot be read", ex);
		}
	}

	static int limit(@Nullable Integer limit) {
		if (!isLimit(limit)) {
			throw new InvalidEndpointRequestException(LIMIT_RULE, LIMIT_RULE);
		}
		return (limit != null) ? limit : DEFAULT_LIMIT;
	}

	static boolean isLimit(@Nullable Integer limit) {
		return limit == null || (limit >= 1 && limit <= MAX_LIMIT);
	}

	/**
	 * Return what shows what was sent.
	 * @return the view
	 */
	public SentView sent() {
		return this.sent;
	}

	/**
	 * Return what the whole local log says, counted.
	 * @param query what to count
	 * @return one JSON document
	 */
	public String report(ReportQuery query) {
		try {
			return ReportFormat.JSON.write(this.log.report(query), false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The local log cannot be read", ex);
		}
	}

	/**
	 * Return everything stored here about this installation, made while it is read.
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
