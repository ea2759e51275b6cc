package dev.telemetry.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.telemetry.deletion.TelemetryReset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TelemetryStorage}. */
class TelemetryStorageTests {

	@TempDir
	private Path directory;

	@Test
	void resetWhenTheLogIsNowElsewhereErasesAlsoTheOneInTheHome() throws Exception {
		Path home = Files.createDirectory(this.directory.resolve("home"));
		Path earlier = Files.writeString(home.resolve("telemetry.log"), "{}\n");
		Path rotated = Files.writeString(home.resolve("telemetry.log.1"), "{}\n");
		Path current = Files.writeString(this.directory.resolve("current.log"), "{}\n");
		Path others = Files.writeString(this.directory.resolve("others.log"), "{}\n");
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.withPropertyValues("telemetry.home=" + home, "telemetry.local-path=" + current, "telemetry.tool.name=acme")
			.run((context) -> assertThat(context.getBean(TelemetryReset.class).reset("actuator").failures()).isEmpty());
		assertThat(earlier).doesNotExist();
		assertThat(rotated).doesNotExist();
		assertThat(current).doesNotExist();
		assertThat(others).exists();
	}

	@Test
	void resetErasesWhatWaitsToBeSent() throws Exception {
		Path instance = Files.createDirectories(this.directory.resolve("home/spill/otlp/" + "0".repeat(32)));
		Files.writeString(instance.resolve("00000000000000000001.batch"), "TSP1\n");
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.withPropertyValues("telemetry.home=" + this.directory.resolve("home"), "telemetry.tool.name=acme")
			.run((context) -> assertThat(context.getBean(TelemetryReset.class).reset("actuator").failures()).isEmpty());
		assertThat(this.directory.resolve("home/spill")).doesNotExist();
	}

}
