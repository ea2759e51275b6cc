package dev.telemetry.demo;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo, processed ahead of time as its build would do it, asked on its command line.
 * Its port is taken while it answers: a server that was started would fail.
 */
class AheadOfTimeCommandTests {

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	@TempDir
	private static Path classes;

	@TempDir
	private Path directory;

	@BeforeAll
	static void process(@TempDir Path build) throws Exception {
		Path sources = build.resolve("sources");
		DemoCommand processed = DemoCommand.run(build, Map.of(),
				DemoCommand.java(CLASS_PATH, SpringApplicationAotProcessor.class.getName(),
						DemoApplication.class.getName(), sources.toString(), classes.toString(), classes.toString(),
						"dev.telemetry", "demo-app"));
		assertThat(processed.exitCode()).as(processed.errors()).isZero();
		List<String> compile = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", CLASS_PATH));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(compile::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compile.toArray(String[]::new))).isZero();
	}

	@Test
	void consentIsGrantedForTheNoticeOfTheRunningApplicationAndDenied() throws Exception {
		assertThat(answer("status")).contains("UNDECIDED");
		assertThat(home()).doesNotExist();
		assertThat(answer("enable")).contains("GRANTED");
		try (DemoProcess demo = DemoProcess.start(home(), Map.of())) {
			assertThat(demo.consent()).as("not STALE, which another notice would make it")
				.containsEntry("state", "GRANTED");
		}
		assertThat(answer("disable")).contains("WITHDRAWN, scope NONE");
		assertThat(answer("reset")).contains("WITHDRAWN, scope NONE");
	}

	@Test
	void noticeAndExportAnswer() throws Exception {
		assertThat(answer("notice")).contains("order.placed");
		assertThat(answer("export")).startsWith("{\"v\":1,\"tool\":\"demo-app\"");
	}

	/** The positive control. */
	@Test
	void applicationWithoutCommandNeedsItsPort() throws Exception {
		DemoCommand answer = run();
		assertThat(answer.exitCode()).as("the other tests would see a server").isEqualTo(1);
		assertThat(answer.output()).contains("Starting AOT-processed DemoApplication").contains("already in use");
	}

	private String answer(String command) throws Exception {
		DemoCommand answer = run("--telemetry.command=" + command);
		assertThat(answer.exitCode()).as(answer.errors()).isZero();
		return answer.output();
	}

	private DemoCommand run(String... arguments) throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
			List<String> command = DemoCommand.java(classes + File.pathSeparator + CLASS_PATH,
					"-Dspring.aot.enabled=true", DemoApplication.class.getName(), "--telemetry.home=" + home(),
					"--server.port=" + taken.getLocalPort());
			command.addAll(List.of(arguments));
			return DemoCommand.run(this.directory, Map.of(), command);
		}
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
