package dev.telemetry.sink.http;

import dev.telemetry.sent.RecordingSinkFactory;
import dev.telemetry.sink.TelemetryException;

/**
 * What all factories of sinks for one address have in common. Before {@link #create} no
 * client is loaded.
 */
public abstract class HttpSinkFactory implements RecordingSinkFactory {

	private final String name;

	private final HttpSettings http;

	private final TlsSource tls;

	/**
	 * Create a factory.
	 * @param name the name of the sink
	 * @param http where and how to send
	 * @param tls whom to trust
	 */
	protected HttpSinkFactory(String name, HttpSettings http, TlsSource tls) {
		this.name = name;
		this.http = http;
		this.tls = tls;
	}

	@Override
	public final String name() {
		return this.name;
	}

	@Override
	public final String target() {
		return this.http.target();
	}

	@Override
	public final boolean remote() {
		return true;
	}

	/**
	 * Return whom to trust and what to show, for a new sink.
	 * @return what was configured
	 * @throws TelemetryException if it cannot be used
	 */
	protected final TlsSource tls() throws TelemetryException {
		this.tls.tls();
		return this.tls;
	}

}
