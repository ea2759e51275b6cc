package dev.telemetry.sink;

/** Hands out a sink that the application made. */
record ExistingSinkFactory(String name, TelemetrySink sink) implements TelemetrySinkFactory {

	@Override
	public String target() {
		return this.sink.getClass().getName();
	}

	@Override
	public boolean remote() {
		return !(this.sink instanceof LocalStore);
	}

	@Override
	public TelemetrySink create() {
		return UnclosedSink.of(this.sink);
	}

}
