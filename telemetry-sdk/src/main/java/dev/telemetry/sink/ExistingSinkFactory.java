package dev.telemetry.sink;

/** Hands out a sink that the application made. */
record ExistingSinkFactory(String name, TelemetrySink sink) implements TelemetrySinkFactory {

	@Override
	public String target() {
		String type = this.sink.getClass().getName();
		// The rest differs from start to start
		int lambda = type.indexOf("$$Lambda");
		return (lambda > 0) ? type.substring(0, lambda) : type;
	}

	@Override
	public boolean remote() {
		return !(this.sink instanceof LocalStore);
	}

	@Override
	public TelemetrySink create(SinkSession session) {
		return NonClosingSink.of(this.sink);
	}

}
