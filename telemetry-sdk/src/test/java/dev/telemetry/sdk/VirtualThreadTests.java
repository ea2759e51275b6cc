package dev.telemetry.sdk;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for callers that are virtual threads. */
class VirtualThreadTests {

	/** Called by reflection: Java 17 knows no such threads. */
	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void recordOnVirtualThreadsTakesEachEvent() throws Exception {
		Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
		try (Recording recording = Recording.enabled()) {
			ExecutorService threads = (ExecutorService) factory.invoke(null);
			List<Future<?>> recorded = new ArrayList<>();
			for (int i = 0; i < 5000; i++) {
				recorded.add(threads.submit(() -> recording.context.context().record("a")));
			}
			for (Future<?> each : recorded) {
				Patience.result("a recorded event", each);
			}
			threads.shutdown();
			assertThat(recording.events()).hasSize(5000);
		}
	}

}
