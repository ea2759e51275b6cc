package dev.telemetry.consent.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.telemetry.consent.gate.Inputs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests for {@link ReceiptLog}. */
class ReceiptLogTests {

	@TempDir
	Path directory;

	private Path file;

	private ReceiptLog log;

	@BeforeEach
	void createLog() {
		this.file = this.directory.resolve("consent-receipts.jsonl");
		this.log = new ReceiptLog(this.file);
	}

	@Test
	void appendWritesOneLineForEachDecision() throws Exception {
		this.log.append(ConsentReceipt.of(Inputs.yes(ConsentScope.EXPORT)));
		this.log.append(ConsentReceipt.of(Inputs.no(true)));
		List<String> lines = Files.readAllLines(this.file);
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).isEqualTo("{\"v\":1,\"event\":\"consent.granted\",\"at\":\"2026-11-21T03:00:00Z\","
				+ "\"channel\":\"actuator\",\"scope\":\"export\",\"notice\":\"sha256:today\",\"previous\":\"none\"}");
		assertThat(lines.get(1)).isEqualTo("{\"v\":1,\"event\":\"consent.withdrawn\",\"at\":\"2026-11-21T03:00:00Z\","
				+ "\"channel\":\"command\",\"scope\":\"none\",\"previous\":\""
				+ ConsentRecordFormat.checksum(lines.get(0)) + "\"}");
	}

	@Test
	void appendChainsEveryLineAndTheChainShowsAnEdit() throws Exception {
		for (int i = 0; i < 100; i++) {
			this.log.append(ConsentReceipt.of((i % 2 == 0) ? Inputs.yes(ConsentScope.LOCAL) : Inputs.no(true)));
		}
		List<String> lines = Files.readAllLines(this.file);
		assertThat(firstBreak(lines)).isEqualTo(-1);
		List<String> edited = lines.stream()
			.map((line) -> line.equals(lines.get(50)) ? line.replace("local", "export") : line)
			.toList();
		assertThat(firstBreak(edited)).isEqualTo(51);
		List<String> shortened = new ArrayList<>(lines);
		shortened.remove(30);
		assertThat(firstBreak(shortened)).isEqualTo(30);
	}

	@Test
	void appendWhenLastLineIsTornBeginsNewLineAndGoesOn() throws Exception {
		this.log.append(ConsentReceipt.of(Inputs.yes(ConsentScope.LOCAL)));
		this.log.append(ConsentReceipt.of(Inputs.no(true)));
		byte[] whole = Files.readAllBytes(this.file);
		Files.write(this.file, Arrays.copyOf(whole, whole.length - 20));
		new ReceiptLog(this.file).append(ConsentReceipt.of(Inputs.no(true)));
		List<String> lines = Files.readAllLines(this.file);
		assertThat(lines).hasSize(3);
		assertThat(lines.get(2)).startsWith("{\"v\":1,").endsWith("}");
		assertThat(firstBreak(lines)).as("the torn line is a link of the chain").isEqualTo(-1);
	}

	@Test
	void appendWhenOnlyTheLineFeedIsMissingSuppliesIt() throws Exception {
		this.log.append(ConsentReceipt.of(Inputs.yes(ConsentScope.LOCAL)));
		byte[] whole = Files.readAllBytes(this.file);
		Files.write(this.file, Arrays.copyOf(whole, whole.length - 1));
		this.log.append(ConsentReceipt.of(Inputs.no(true)));
		assertThat(Files.readString(this.file)).doesNotContain("\n\n");
		assertThat(firstBreak(Files.readAllLines(this.file))).isEqualTo(-1);
	}

	@Test
	void appendWhenFileIsLongReadsOnlyItsEnd() throws Exception {
		Files.writeString(this.file, ("x".repeat(1000) + "\n").repeat(500));
		this.log.append(ConsentReceipt.of(Inputs.no(true)));
		List<String> lines = Files.readAllLines(this.file);
		assertThat(lines).hasSize(501);
		assertThat(lines.get(500)).contains(ConsentRecordFormat.checksum("x".repeat(1000)));
	}

	@Test
	void appendWhenLinkRefusesAndLeavesItsTarget() throws Exception {
		Path target = Files.writeString(this.directory.resolve("target"), "theirs", StandardOpenOption.CREATE_NEW);
		Files.createSymbolicLink(this.file, target);
		assertThatIOException().isThrownBy(() -> this.log.append(ConsentReceipt.of(Inputs.no(true))));
		assertThat(target).hasContent("theirs");
	}

	@Test
	void appendNamesEachKind() throws Exception {
		this.log.append(ConsentReceipt.of(Inputs.no(false)));
		this.log.append(ConsentReceipt.failed(Inputs.yes(ConsentScope.EXPORT)));
		this.log.append(ConsentReceipt.reset(Inputs.NOW, "command"));
		List<String> lines = Files.readAllLines(this.file);
		assertThat(lines.get(0)).contains("\"event\":\"consent.denied\"", "\"scope\":\"none\"");
		assertThat(lines.get(1)).contains("\"event\":\"consent.failed\"", "\"scope\":\"export\"");
		assertThat(lines.get(2)).contains("\"event\":\"consent.reset\"", "\"scope\":\"none\"");
	}

	@Test
	void appendWhenGrantTookAnotherOverNamesBoth() throws Exception {
		String before = "sha256:" + "a".repeat(64);
		this.log.append(ConsentReceipt.of(Inputs.yes(ConsentScope.EXPORT).withGrant(Inputs.GRANT_ID, before)));
		assertThat(Files.readString(this.file)).contains("\"notice\":\"sha256:today\",\"grantId\":\"" + Inputs.GRANT_ID
				+ "\",\"continues\":\"" + before + "\",\"previous\":");
	}

	@Test
	void appendWhenLinesHaveTheNamesOfBeforeLeavesThemAndGoesOn() throws Exception {
		String given = "{\"v\":1,\"event\":\"consent.given\",\"at\":\"2026-11-21T03:00:00Z\",\"channel\":\"actuator\","
				+ "\"scope\":\"export\",\"notice\":\"sha256:today\",\"previous\":\"none\"}";
		String refused = "{\"v\":1,\"event\":\"consent.refused\",\"at\":\"2026-11-21T03:00:00Z\",\"channel\":\"command\","
				+ "\"scope\":\"none\",\"previous\":\"" + ConsentRecordFormat.checksum(given) + "\"}";
		Files.writeString(this.file, given + "\n" + refused + "\n");
		this.log.append(ConsentReceipt.of(Inputs.yes(ConsentScope.LOCAL)));
		List<String> lines = Files.readAllLines(this.file);
		assertThat(lines).startsWith(given, refused).hasSize(3);
		assertThat(firstBreak(lines)).isEqualTo(-1);
	}

	/** The first line that does not hold the hash of the one before it, or -1. */
	private static int firstBreak(List<String> lines) {
		for (int i = 0; i < lines.size(); i++) {
			String previous = (i == 0) ? "none" : ConsentRecordFormat.checksum(lines.get(i - 1));
			boolean whole = lines.get(i).endsWith("\"}");
			if (whole && !lines.get(i).contains("\"previous\":\"" + previous + "\"")) {
				return i;
			}
		}
		return -1;
	}

}
