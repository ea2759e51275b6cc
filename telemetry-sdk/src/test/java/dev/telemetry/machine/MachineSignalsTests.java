package dev.telemetry.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link MachineSignals} and {@link BoundedCommand}. */
@DisabledOnOs(OS.WINDOWS)
class MachineSignalsTests {

	private static final String IOREG = """
			+-o J314sAP  <class IOPlatformExpertDevice>
			    {
			      "IOPlatformSerialNumber" = "C02XXXXXXXXX"
			      "IOPlatformUUID" = "00000000-1111-2222-3333-444444444444"
			      "IOBusyInterest" = "IOCommand is not serializable"
			    }
			""";

	private static final String REG = "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n"
			+ "    MachineGuid    REG_SZ    55555555-6666-7777-8888-999999999999\r\n\r\n";

	@TempDir
	Path root;

	@Test
	void findOnLinuxReadsFilesInTheOrderOfRtb() throws Exception {
		assertThat(linux()).isNull();
		write("etc/machine-id", "  etc-id\n");
		assertThat(linux()).isEqualTo("etc-id");
		write("var/lib/dbus/machine-id", "dbus-id\n");
		assertThat(linux()).isEqualTo("dbus-id");
	}

	@Test
	void findOnLinuxFollowsTheSystemsLink() throws Exception {
		write("etc/machine-id", "etc-id\n");
		Files.createDirectories(this.root.resolve("var/lib/dbus"));
		Files.createSymbolicLink(this.root.resolve("var/lib/dbus/machine-id"), this.root.resolve("etc/machine-id"));
		assertThat(linux()).isEqualTo("etc-id");
	}

	@Test
	void findOnLinuxWhenImageWasNeverStartedReturnsNothing() throws Exception {
		write("etc/machine-id", "uninitialized\n");
		assertThat(linux()).isNull();
		write("etc/machine-id", "");
		assertThat(linux()).isNull();
	}

	@Test
	void findOnMacAsksTheRegistry() {
		assertThat(signals("Mac OS X", Map.of("/usr/sbin/ioreg", IOREG)).find())
			.isEqualTo("00000000-1111-2222-3333-444444444444");
	}

	@Test
	void findOnWindowsAsksTheRegistry() {
		assertThat(signals("Windows 11", Map.of("reg", REG)).find()).isEqualTo("55555555-6666-7777-8888-999999999999");
	}

	@Test
	void findOnBsdPrefersTheFile() throws Exception {
		MachineSignals bsd = signals("FreeBSD", Map.of("kenv", "smbios-id\n"));
		assertThat(bsd.find()).isEqualTo("smbios-id");
		write("etc/hostid", "host-id\n");
		assertThat(bsd.find()).isEqualTo("host-id");
	}

	@Test
	void findWhenCommandFailsReturnsNothing() {
		for (String osName : List.of("Mac OS X", "Windows 11", "FreeBSD", "OS/400")) {
			assertThat(signals(osName, Map.of()).find()).isNull();
		}
		assertThat(signals("Mac OS X", Map.of("/usr/sbin/ioreg", "nothing known")).find()).isNull();
	}

	@Test
	void runReturnsOutputOfASuccess() {
		BoundedCommand command = new BoundedCommand(Duration.ofMinutes(1));
		assertThat(command.run(List.of("echo", "some words"))).isEqualTo("some words\n");
		assertThat(command.run(List.of("false"))).isNull();
		assertThat(command.run(List.of("no-such-program-anywhere"))).isNull();
	}

	@Test
	void runWhenItTakesTooLongGivesUp() {
		assertThat(new BoundedCommand(Duration.ofMillis(1)).run(List.of("sleep", "600"))).isNull();
	}

	private String linux() {
		return signals("Linux", Map.of()).find();
	}

	private MachineSignals signals(String osName, Map<String, String> outputs) {
		return new MachineSignals(osName, this.root, (command) -> outputs.get(command.get(0)));
	}

	private void write(String name, String content) throws IOException {
		Path file = this.root.resolve(name);
		Files.createDirectories(file.resolveSibling("."));
		Files.writeString(file, content);
	}

}
