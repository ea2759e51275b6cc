package dev.telemetry.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link HostNames}. */
class HostNamesTests {

	@TempDir
	Path root;

	private final Map<String, String> environment = new HashMap<>();

	private final List<List<String>> commands = new ArrayList<>();

	private final Map<String, String> answers = new HashMap<>();

	@Test
	void findWhenNothingSaysItIsEmpty() {
		assertThat(names("Linux")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "proc/sys/kernel/hostname", "etc/hostname", "etc/HOSTNAME", "etc/nodename", "etc/myname" })
	void findWhenAFileHasItAsksNoCommand(String file) throws IOException {
		write(file, "# comment\n  build-7 \n");
		assertThat(names("Linux")).containsExactly("build-7");
		assertThat(this.commands).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HOSTNAME", "COMPUTERNAME", "HOST" })
	void findWhenAVariableHasItContainsIt(String variable) {
		this.environment.put(variable, "BUILD-7");
		assertThat(names("Linux")).contains("BUILD-7");
	}

	@Test
	void findWhenNameHasADomainContainsTheShortName() throws IOException {
		write("proc/sys/kernel/hostname", "build-7.example.com\n");
		assertThat(names("Linux")).containsExactlyInAnyOrder("build-7.example.com", "build-7");
	}

	@Test
	void findWhenNameHasNoDomainContainsItWithThoseOfHostsAndResolver() throws IOException {
		write("proc/sys/kernel/hostname", "build-7\n");
		write("etc/hosts",
				"127.0.0.1 localhost mysql\n127.0.1.1\tbuild-7.lan.example.com build-7 broker # build-7.x\n");
		write("etc/resolv.conf", "nameserver 192.0.2.1\nsearch corp.example.com example.com\ndomain example.org\n");
		assertThat(names("Linux")).containsExactlyInAnyOrder("build-7", "build-7.lan.example.com",
				"build-7.corp.example.com", "build-7.example.com", "build-7.example.org");
	}

	@Test
	void findWhenThereIsNoFileAsksTheSystem() {
		this.answers.put("/bin/hostname", "build-7.example.com\n");
		this.answers.put("/usr/sbin/scutil --get LocalHostName", "Builds-Mac\n");
		assertThat(names("Mac OS X")).containsExactlyInAnyOrder("build-7.example.com", "build-7", "Builds-Mac");
	}

	@Test
	void findOnWindowsReadsVariablesOnly() throws IOException {
		write("etc/hostname", "other\n");
		this.environment.putAll(Map.of("COMPUTERNAME", "BUILD-7", "USERDNSDOMAIN", "CORP.EXAMPLE.COM"));
		assertThat(names("Windows 11")).containsExactlyInAnyOrder("BUILD-7", "BUILD-7.CORP.EXAMPLE.COM");
		assertThat(this.commands).isEmpty();
	}

	@Test
	void findWhenFilesAreHugeOrNamesTooLongTakesNoHarm() throws IOException {
		write("etc/hostname", "a".repeat(100_000));
		write("etc/hosts", "127.0.0.1 " + "b".repeat(100_000));
		assertThat(names("Linux")).isEmpty();
	}

	@Test
	void findOfThisMachineDoesNotThrow() {
		assertThat(HostNames.ofThisMachine().find()).doesNotContain("");
	}

	private Set<String> names(String os) {
		return new HostNames(os, this.root, this.environment::get, (command) -> {
			this.commands.add(command);
			return this.answers.get(String.join(" ", command));
		}).find();
	}

	private void write(String file, String text) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
