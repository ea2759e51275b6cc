package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.telemetry.actuate.TelemetryHealthIndicator;
import dev.telemetry.actuate.TelemetryMetrics;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * An application whose home is on a disk that gets full, and larger again when a byte is
 * read. Says what its meters say, and what lies in its home.
 */
final class OperationsChild {

	static final String TELLS = "child: ";

	private static final int SPILLED_FIRST = 500;

	private static final String PADDING = "padding that declares nothing ".repeat(6);

	private final AnnotationConfigApplicationContext context;

	private final Path home;

	private final TelemetryMeters meters;

	private OperationsChild(AnnotationConfigApplicationContext context, Path home) {
		this.context = context;
		this.home = home;
		this.meters = new TelemetryMeters(context.getBean(SimpleMeterRegistry.class));
	}

	public static void main(String[] arguments) throws Exception {
		Path home = Path.of(arguments[0]);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test",
						Map.of("telemetry.home", home.toString(), "telemetry.tool.name", "demo-app",
								"telemetry.http.endpoint", arguments[1], "telemetry.batch-timeout", "50ms",
								"telemetry.compression", "none", "telemetry.batch-size", "100",
								"telemetry.delivery.retry.max", "1s", "telemetry.consent.detect-ci", "false",
								"telemetry.consent.detect-test-environment", "false")));
			context.registerBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry());
			context.register(TelemetryAutoConfiguration.class, TelemetryMetricsAutoConfiguration.class,
					TelemetryHealthAutoConfiguration.class);
			context.refresh();
			// As Spring Boot does
			context.getBean(TelemetryMetrics.class).bindTo(context.getBean(SimpleMeterRegistry.class));
			new OperationsChild(context, home).run(Integer.parseInt(arguments[2]));
		}
	}

	private void run(int events) throws Exception {
		TelemetrySdk sdk = this.context.getBean(TelemetrySdk.class);
		ConsentGate gate = this.context.getBean(ConsentGate.class);
		gate.enable(ConsentScope.EXPORT, null, "command");
		record(sdk, SPILLED_FIRST);
		Patience.until("the first events to be on disk",
				() -> this.meters.pending("http") == 0 && this.meters.pending("file") == 0);
		record(sdk, events - SPILLED_FIRST);
		Patience.until("the disk to be full", () -> Files.getFileStore(this.home).getUsableSpace() < 64 << 10
				&& this.meters.pending("file") > 0 && this.meters.attempts("file", "failure") > 0);
		Patience.until("what fits to be spilled", () -> settled(events));
		Patience.until("an attempt that failed", () -> this.meters.attempts("http", "failure") > 0);
		tell();
		System.in.read();
		int remounted = Patience.exit("mount",
				new ProcessBuilder("mount", "-o", "remount,size=64m", this.home.toString()).start());
		if (remounted != 0) {
			throw new IllegalStateException("mount ended with " + remounted);
		}
		Patience.until("everything to be delivered", () -> sdk.flush(TestApplication.LONG));
		tell();
		gate.disable("command");
		tell();
	}

	private static void record(TelemetrySdk sdk, int events) {
		for (int i = 0; i < events; i++) {
			sdk.context().record("order.placed", Map.of("items", i, "text", PADDING));
		}
	}

	/** The lane moves events between memory and disk until nothing fits any more. */
	private boolean settled(int events) throws IOException {
		return OperationsFaultTests.idsIn(this.home.resolve("spill")) + this.meters.pending("http") == events;
	}

	private void tell() throws IOException {
		Path log = this.home.resolve("telemetry.log");
		int up = (this.context.getBean(TelemetryHealthIndicator.class).health().getStatus() == Status.UP) ? 1 : 0;
		System.out.println(TELLS + "up=" + up + " open=" + this.meters.consent("open") + " accepted="
				+ this.meters.events("accepted") + " pendingHttp=" + this.meters.pending("http") + " pendingFile="
				+ this.meters.pending("file") + " spilledBytes=" + this.meters.spilledBytes("http") + " failures="
				+ this.meters.attempts("http", "failure") + " successes=" + this.meters.attempts("http", "success")
				+ " spillIds=" + OperationsFaultTests.idsIn(this.home.resolve("spill")) + " spillBytes="
				+ OperationsFaultTests.bytesIn(this.home.resolve("spill")) + " logIds="
				+ (Files.exists(log) ? EventIdsIn.distinct(wholeLines(log)).size() : 0));
	}

	private static String wholeLines(Path log) throws IOException {
		String text = Files.readString(log);
		return text.substring(0, text.lastIndexOf('\n') + 1);
	}

}
