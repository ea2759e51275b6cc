package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.telemetry.sink.otlp.FakeCollector;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A host that has a name and does not export it, as is the default of most shells. */
class HostNameProcessTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "quarry-77", "quarry-77.corp.example.com" })
	@Timeout(120)
	void ownNameIsRedactedWithoutAVariable(String name) throws Exception {
		Requirement.that(run("/bin/true", name).isEmpty(), "a process may have a host name of its own");
		Path home = this.directory.resolve("home");
		List<String> told = run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), name,
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Child.class.getName(),
				home.toString());
		assertThat(told).contains("done");
		assertThat(Files.readString(home.resolve("telemetry.log"))).contains("before", "after", "[redacted]")
			.doesNotContainIgnoringCase("quarry-77");
		assertThat(told).anySatisfy((line) -> assertThat(line).contains("sent", Canary.HARMLESS));
		assertThat(told).noneSatisfy((line) -> assertThat(line).startsWith("sent").containsIgnoringCase("quarry-77"));
	}

	private static List<String> run(String program, String name, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of("unshare", "-u", "sh", "-c", "hostname \"$1\" && shift && exec \"$@\"", "sh", name, program));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().removeAll(List.of("HOSTNAME", "HOST", "COMPUTERNAME"));
		try {
			ProcessOutput output = new ProcessOutput(program, builder.start());
			List<String> lines = output.rest();
			output.exit();
			return lines;
		}
		catch (IOException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	/** An application that says where it runs. */
	static final class Child {

		private Child() {
		}

		public static void main(String[] arguments) throws Exception {
			String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
			String shortName = name.replaceAll("\\..*", "");
			try (FakeCollector collector = new FakeCollector()) {
				RealApplication.run(Path.of(arguments[0]), collector, (application) -> {
					application.enable();
					TelemetrySdk telemetry = application.context().getBean(TelemetrySdk.class);
					for (String text : List.of(name, shortName, name.toUpperCase(Locale.ROOT),
							"http://" + name + ":8080/" + Canary.HARMLESS, shortName + "_backup")) {
						telemetry.context().record("host.seen", Map.of("note", "before " + text + " after"));
					}
					telemetry.flush(Installation.PATIENCE);
				});
				collector.requests()
					.forEach((request) -> System.out.println("sent " + request.logs().toString().replace('\n', ' ')));
			}
			System.out.println("done");
		}

	}

}
