package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.telemetry.sdk.ChildEnvironment;
import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sdk.Requirement;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the set-ups of {@code docs/containers.md}, with the settings that it shows: as
 * another user, on a root file system that is read-only, in namespaces of its own.
 */
@Timeout(300)
@Tag("disk")
@EnabledIfEnvironmentVariable(named = "TEST_TOOLS_DEMANDED", matches = "true",
		disabledReason = "mounts file systems: only with -Dtelemetry.ci=true")
class ContainerTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "containers.md");

	private static final String USER = "10001";

	private static final String HOME = "/var/lib/telemetry";

	private static final String HOME_PROBLEM = "telemetry.home: the directory above it is not writable";

	private static final String COLLECTOR = "https://collector.example.com";

	@TempDir
	private Path directory;

	private Path volume;

	private Path config;

	private Receiver collector;

	/** Everything that the last container said. */
	private List<String> log = List.of();

	@BeforeEach
	void container() throws Exception {
		Requirement.mounts();
		Requirement.otherUser();
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		this.volume = volume("volume");
		this.config = Files.createDirectory(this.directory.resolve("config"));
		this.collector = new Receiver();
	}

	@AfterEach
	void close() {
		this.collector.close();
	}

	/**
	 * What a pod leaves because of a network policy, the next one on its volume sends.
	 */
	@Test
	void homeOnAVolumeOutlivesThePod() throws Exception {
		configure("application.yaml: volume", this.volume);
		List<String> first = run(Network.NONE, "grant,record,spill");
		assertThat(first).contains("root read-only", "state GRANTED EXPORT cap=null",
				"sink otlp delivered=0 spilled=1");
		assertThat(this.collector.requests()).isEmpty();
		List<String> second = run(Network.HOST, "record,flush");
		assertThat(second).contains("root read-only", "flushed true", "state GRANTED EXPORT cap=null",
				"sink otlp delivered=2 spilled=0");
		assertThat(this.collector.requests()).isNotEmpty().containsOnly("/v1/logs");
		assertThat(machine(second)).isEqualTo(machine(first)).isNotEqualTo("machine null");
		assertThat(problems(first)).isEmpty();
		assertThat(problems(second)).isEmpty();
		assertThat(Files.readAllLines(this.volume.resolve("telemetry.log"))).hasSize(2);
		try (Stream<Path> files = Files.walk(this.volume)) {
			assertThat(files.filter(Files::isRegularFile).toList()).allSatisfy((file) -> {
				assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(Integer.valueOf(USER));
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			});
		}
	}

	@Test
	void readOnlyRootWithoutAVolumeStartsAndRefusesAGrant() throws Exception {
		Path nowhere = this.directory.resolve("nowhere");
		configure("application.yaml: volume", nowhere);
		List<String> undecided = run(Network.HOST, "record");
		assertThat(undecided).contains("root read-only", "state UNDECIDED NONE cap=null");
		assertThat(problems(undecided)).singleElement().asString().contains(HOME_PROBLEM);
		assertThat(this.log).as("nothing is logged about it before a decision")
			.filteredOn((line) -> !line.startsWith(ContainerChild.TELLS))
			.noneMatch((line) -> line.contains(" WARN ") || line.contains("telemetry.home"));
		List<String> refused = run(Network.HOST, "grant,record");
		assertThat(refused).noneMatch((line) -> line.startsWith("state GRANTED"));
		assertThat(this.collector.requests()).isEmpty();
		assertThat(nowhere).doesNotExist();
	}

	@Test
	void withoutAHomeNothingIsWritten() throws Exception {
		configure("application.yaml: no home", this.volume);
		List<String> lines = run(Network.HOST, "record,flush");
		assertThat(lines).contains("root read-only", "flushed true", "state GRANTED EXPORT cap=null", "machine null",
				"sink otlp delivered=1 spilled=0");
		// What is not needed here is named all the same
		assertThat(problems(lines)).singleElement().asString().contains(HOME_PROBLEM);
		assertThat(this.collector.requests()).hasSize(1);
		assertThat(this.volume).isEmptyDirectory();
	}

	@Test
	void configMapAsASingleFileIsReadAndAsALinkIsNot() throws Exception {
		configure("application.yaml: volume", this.volume);
		assertThat(run(Network.HOST, "grant")).contains("state GRANTED EXPORT cap=null");
		Path settings = Files.writeString(this.directory.resolve("telemetry.yaml"), block("telemetry.yaml: ConfigMap"));
		Path mounted = Files.createFile(this.volume.resolve("telemetry.yaml"));
		List<String> capped = runWith(
				"mount --bind '" + settings + "' '" + mounted + "' && mount -o remount,ro,bind '" + mounted + "'",
				Network.HOST, "record,flush");
		assertThat(capped).anyMatch((line) -> line.startsWith("state GRANTED LOCAL cap=") && !line.endsWith("null"));
		assertThat(problems(capped)).isEmpty();
		assertThat(this.collector.requests()).isEmpty();
		Files.delete(mounted);
		Files.createSymbolicLink(mounted, settings);
		List<String> linked = run(Network.HOST, "record,flush");
		assertThat(problems(linked)).anyMatch((line) -> line.contains("telemetry.yaml"));
		assertThat(this.collector.requests()).as("a file that cannot be used protects as well").isEmpty();
	}

	@Test
	void replicasShareTheDecisionInADatabase() throws Exception {
		Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		try {
			String url = "--test.database=jdbc:h2:tcp://localhost:" + database.getPort()
					+ "/mem:containers;DB_CLOSE_DELAY=-1";
			configure("application.yaml: replicas", this.volume);
			assertThat(run(Network.HOST, "grant,record,flush", url)).contains("flushed true",
					"state GRANTED EXPORT cap=null");
			Path other = volume("other");
			configure("application.yaml: replicas", other);
			assertThat(run(other, Network.HOST, "granted,record,flush,withdraw", url)).contains("flushed true",
					"state WITHDRAWN NONE cap=null");
			int sent = this.collector.requests().size();
			configure("application.yaml: replicas", this.volume);
			assertThat(run(Network.HOST, "closed,record,status", url)).contains("state WITHDRAWN NONE cap=null");
			assertThat(this.collector.requests()).as("nothing after the withdrawal at the other one").hasSize(sent);
			assertThat(sent).isEqualTo(2);
		}
		finally {
			database.stop();
		}
	}

	@Test
	void applicationsWithDirectoriesOfTheirOwnDecideForThemselves() throws Exception {
		configure("application.yaml: first application", this.volume);
		assertThat(run(Network.HOST, "grant,record,flush")).contains("sink file delivered=1 spilled=0")
			.anyMatch((line) -> line.startsWith("state GRANTED LOCAL"));
		configure("application.yaml: second application", this.volume);
		List<String> second = run(Network.HOST, "record");
		assertThat(second).contains("state UNDECIDED NONE cap=null");
		assertThat(problems(second)).isEmpty();
		assertThat(this.volume.resolve("orders")).isDirectory();
		assertThat(this.volume.resolve("billing")).doesNotExist();
	}

	@Test
	void grantOfAnotherApplicationWithTheSameHomeIsNotTaken() throws Exception {
		configure("application.yaml: first application", this.volume);
		assertThat(run(Network.HOST, "grant")).anyMatch((line) -> line.startsWith("state GRANTED LOCAL"));
		List<String> other = run(Network.HOST, "record,flush", "--telemetry.tool.name=billing");
		assertThat(other).contains("state FAULT NONE cap=null");
		assertThat(problems(other)).singleElement().asString().contains("consent.json", "given to 'orders'");
		assertThat(this.volume.resolve("orders/telemetry.log")).doesNotExist();
		assertThat(run(Network.HOST, "record,flush")).as("that of the first one still holds")
			.contains("sink file delivered=1 spilled=0");
	}

	private static List<String> problems(List<String> lines) {
		return lines.stream().filter((line) -> line.startsWith("problem ")).toList();
	}

	private static String machine(List<String> lines) {
		return lines.stream().filter((line) -> line.startsWith("machine ")).findFirst().orElseThrow();
	}

	private Path volume(String name) throws IOException {
		Path made = Files.createDirectory(this.directory.resolve(name));
		Files.setAttribute(made, "unix:uid", Integer.valueOf(USER), LinkOption.NOFOLLOW_LINKS);
		return made;
	}

	/** Write a block of the document as the ConfigMap, with the places of this test. */
	private void configure(String title, Path home) throws IOException {
		Files.writeString(this.config.resolve("application.yaml"),
				block(title).replace(HOME, home.toString()).replace(COLLECTOR, this.collector.address()));
	}

	private static String block(String title) throws IOException {
		Matcher matcher = Pattern.compile("(?s)```yaml\\n# " + Pattern.quote(title) + "\\n(.+?)```")
			.matcher(Files.readString(DOCUMENT));
		assertThat(matcher.find()).as("'%s' in the document", title).isTrue();
		return matcher.group(1);
	}

	private List<String> run(Network network, String words, String... properties) throws Exception {
		return runWith("true", network, words, properties);
	}

	private List<String> run(Path mounted, Network network, String words, String... properties) throws Exception {
		return run(mounted, "true", network, words, properties);
	}

	private List<String> runWith(String mount, Network network, String words, String... properties) throws Exception {
		return run(this.volume, mount, network, words, properties);
	}

	private List<String> run(Path mounted, String mount, Network network, String words, String... properties)
			throws Exception {
		String prepare = "mount --bind '" + mounted + "' '" + mounted + "' && " + mount
				+ " && mount -o remount,ro,bind / && exec \"$@\"";
		List<String> command = new ArrayList<>(List.of("unshare", network.option, "sh", "-c", prepare, "sh", "setpriv",
				"--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--inh-caps=+dac_read_search",
				"--ambient-caps=+dac_read_search"));
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Duser.home=/nonexistent",
				"-Djava.io.tmpdir=/nonexistent", "-cp", System.getProperty("java.class.path"),
				ContainerChild.class.getName(), words, "--spring.config.additional-location=file:" + this.config + "/",
				"--spring.main.banner-mode=off", "--spring.application.name=demo-app",
				"--telemetry.consent.detect-test-environment=false", "--telemetry.consent.detect-ci=false",
				"--telemetry.batch-timeout=50ms", "--telemetry.shutdown-timeout=100ms"));
		command.addAll(List.of(properties));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		ChildEnvironment.clear(builder);
		// What "sh" needs to find the programs
		builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
		ProcessOutput output = new ProcessOutput("an application in a container", builder.start());
		List<String> all = output.rest();
		this.log = all;
		assertThat(output.exit()).as("%s", all).isZero();
		return all.stream()
			.filter((line) -> line.startsWith(ContainerChild.TELLS))
			.map((line) -> line.substring(ContainerChild.TELLS.length()))
			.toList();
	}

	/** What a container reaches. */
	private enum Network {

		/** The network of the test. */
		HOST("-m"),

		/** Nothing, as with a policy that lets nothing out. */
		NONE("-mn");

		private final String option;

		Network(String option) {
			this.option = option;
		}

	}

}
