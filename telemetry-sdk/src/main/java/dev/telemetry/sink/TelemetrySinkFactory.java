package dev.telemetry.sink;

/**
 * Says where events would go, and makes the sink when a grant allows it. Everything but
 * {@link #create} may be called without consent, so it touches neither disk nor network
 * and loads no sink class.
 */
public interface TelemetrySinkFactory {

	/**
	 * Return the name of the sink: lower case, unique, for example {@code otlp}.
	 * @return the name
	 */
	String name();

	/**
	 * Return where events would go, as text for people: a path with {@code ~} for the
	 * user's home, or scheme, host, port and path of an address. Never a secret, no user
	 * info, no query. Part of what consent is granted to, so the same at each start.
	 * @return the target
	 */
	String target();

	/**
	 * Return whether events would leave this machine.
	 * @return {@code true} if the sink may exist under the scope {@code EXPORT} only
	 */
	boolean remote();

	/**
	 * Make the sink. Called once for each session, after the grant; again, when the user
	 * asks for status or grants consent, if it failed.
	 * @param session the session that has just opened
	 * @return a new sink
	 * @throws TelemetryException if it cannot be made; the message names what to fix
	 */
	TelemetrySink create(SinkSession session) throws TelemetryException;

	/**
	 * Create a factory for a sink that exists already. The sink is remote unless it is a
	 * {@link LocalStore}.
	 * @param name the name of the sink
	 * @param sink the sink, which is not closed between sessions
	 * @return the factory
	 */
	static TelemetrySinkFactory of(String name, TelemetrySink sink) {
		return new ExistingSinkFactory(name, sink);
	}

}
