package dev.telemetry.test;

/**
 * The entry point of assertions about what was recorded. Made for a static import beside
 * AssertJ's own {@code assertThat}:
 *
 * <pre>
 * assertThat(recorded).recorded("order.placed").once().withAttribute("items", 2).succeeded();
 * </pre>
 */
public final class TelemetryAssertions {

	private TelemetryAssertions() {
	}

	/**
	 * Start an assertion.
	 * @param recorded what was recorded
	 * @return the assertion
	 */
	public static RecordedTelemetryAssert assertThat(RecordedTelemetry recorded) {
		return new RecordedTelemetryAssert(recorded);
	}

}
