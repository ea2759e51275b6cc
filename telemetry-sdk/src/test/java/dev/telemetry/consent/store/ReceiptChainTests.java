package dev.telemetry.consent.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.gate.Inputs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ReceiptChain}, over what {@link ReceiptLog} writes. */
class ReceiptChainTests {

	@TempDir
	private Path directory;

	private List<String> lines;

	@BeforeEach
	void write() throws Exception {
		Path file = this.directory.resolve("consent-receipts.jsonl");
		ReceiptLog log = new ReceiptLog(file);
		for (int i = 0; i < 20; i++) {
			log.append(ConsentReceipt.of((i % 2 == 0) ? Inputs.yes(ConsentScope.LOCAL) : Inputs.no(true)));
		}
		this.lines = new ArrayList<>(Files.readAllLines(file));
	}

	@Test
	void chainAsWrittenIsIntact() {
		assertThat(check().isIntact()).isTrue();
		assertThat(check().firstBroken()).isZero();
	}

	@Test
	void chainOfNothingIsIntact() {
		assertThat(new ReceiptChain().isIntact()).isTrue();
	}

	@Test
	void chainWhenLineEditedBreaksAtTheNext() {
		this.lines.set(4, this.lines.get(4).replace("local", "export"));
		assertThat(check().firstBroken()).isEqualTo(6);
		assertThat(check().isIntact()).isFalse();
	}

	@Test
	void chainWhenLineRemovedBreaksThere() {
		this.lines.remove(10);
		assertThat(check().firstBroken()).isEqualTo(11);
	}

	@Test
	void chainWhenFirstLineRemovedBreaksAtOnce() {
		this.lines.remove(0);
		assertThat(check().firstBroken()).isEqualTo(1);
	}

	@Test
	void chainWhenLineWasTornByACrashGoesOn() throws Exception {
		Path file = this.directory.resolve("torn");
		ReceiptLog log = new ReceiptLog(file);
		log.append(ConsentReceipt.of(Inputs.yes(ConsentScope.LOCAL)));
		log.append(ConsentReceipt.of(Inputs.no(true)));
		String text = Files.readString(file);
		Files.writeString(file, text.substring(0, text.length() - 20));
		log.append(ConsentReceipt.of(Inputs.no(true)));
		this.lines = Files.readAllLines(file);
		assertThat(this.lines).hasSize(3);
		assertThat(check().isIntact()).isTrue();
	}

	private ReceiptChain check() {
		ReceiptChain chain = new ReceiptChain();
		this.lines.forEach((line) -> chain.add(line.getBytes(StandardCharsets.UTF_8)));
		return chain;
	}

}
